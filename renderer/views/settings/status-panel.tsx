import { useEffect } from 'react'
import { ErrorNotice } from '../../components/notice.tsx'
import { timeOfDay } from '../../components/run/clock.ts'
import { AgentStatusBadge } from '../../components/status.tsx'
import { readStatus, useStatus, type Status } from '../../stores/status.ts'
import { roleName } from '../../strings.ts'
import { settingsStrings } from '../../strings-settings.ts'

const words = settingsStrings.status

/** The status of the system: what each agent of the latest run does, all of them together, and what was measured. */
export function StatusPanel() {
  const { value, error } = useStatus(({ status }) => status)
  useEffect(() => void readStatus(), [])
  return (
    <section aria-label={words.title} className="grid gap-2 pt-4">
      <h2 className="font-strong">{words.title}</h2>
      {error?.code === 'not-found' ? (
        <p className="text-sm text-fg-3">{words.none}</p>
      ) : (
        error && <ErrorNotice error={error} />
      )}
      {value && <Told status={value} />}
    </section>
  )
}

function Told({ status }: { readonly status: Status }) {
  const { agents, total_agents, total_tasks_completed, timestamp, figures } = status
  return (
    <>
      <p className="text-sm text-fg-3">
        {words.totals(total_agents, total_tasks_completed)},{' '}
        <time dateTime={timestamp}>{words.asOf(timeOfDay(timestamp))}</time>
      </p>
      <table className="w-full table-fixed text-left text-sm">
        <thead className="text-xs text-fg-3">
          <tr className="h-7 border-b border-line-subtle">
            {words.columns.map((name) => (
              <th key={name} scope="col" className="truncate pr-3 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(agents).map(([id, agent]) => (
            <tr key={id} className="h-8 border-b border-line-subtle [&>td]:truncate [&>td]:pr-3">
              <td className="font-mono select-text">{id}</td>
              <td>{roleName(agent.role)}</td>
              <td>
                <AgentStatusBadge status={agent.status} />
              </td>
              <td className="font-mono select-text">{agent.current_task ?? words.noTask}</td>
              <td>{agent.completed_tasks}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="grid gap-x-10 gap-y-1 pt-2 text-sm lg:grid-cols-2">
        {words.figures(figures).map(([name, value]) => (
          <div key={name} className="flex gap-3">
            <dt className="text-fg-3">{name}</dt>
            <dd className="ml-auto">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
