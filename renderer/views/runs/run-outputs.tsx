import { FileText } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { BusyLines } from '../../components/busy-lines.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Markdown } from '../../components/markdown.tsx'
import { ErrorNotice, Notice } from '../../components/notice.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { closeOutputs, useRunList } from '../../stores/run-list.ts'
import { useRuns } from '../../stores/runs.ts'
import { runsStrings } from '../../strings-runs.ts'

const strings = runsStrings.outputs
/** More is not read by anyone here, and would take long to lay out. */
const mostCharacters = 200_000

/** Result and summary of a run, as they lie in its folder. */
export function RunOutputsDialog() {
  const opened = useRunList((list) => list.opened)
  const { state, value, error } = useRunList((list) => list.outputs)
  const run = useRuns(({ list }) => list.value?.find(({ id }) => id === opened))
  const title = run?.title ?? opened ?? ''
  const hasEnded = run?.ended_at != null
  const [tab, setTab] = useState('summary')
  return (
    <Dialog title={strings.title(title)} isOpen={opened !== null} onClose={closeOutputs} width="full">
      {state === 'busy' && <BusyLines label={strings.reading} count={6} />}
      {error && (
        <div className="p-4">
          <ErrorNotice error={error} />
        </div>
      )}
      {value && (
        <Tabs
          label={strings.title(title)}
          value={tab}
          onChange={setTab}
          tabs={[
            {
              id: 'summary',
              label: strings.summary,
              panel: (
                <Output
                  file={value.summary}
                  hasEnded={hasEnded}
                  render={(text) => <Markdown text={text} />}
                />
              ),
            },
            {
              id: 'result',
              label: strings.result,
              panel: (
                <Output
                  file={value.result}
                  hasEnded={hasEnded}
                  render={(text) => (
                    <pre className="font-mono text-sm leading-5 whitespace-pre-wrap wrap-anywhere text-code">
                      {text}
                    </pre>
                  )}
                />
              ),
            },
          ]}
        />
      )}
    </Dialog>
  )
}

type OutputProps = {
  readonly file: { readonly path: string; readonly text: string } | null
  readonly hasEnded: boolean
  readonly render: (text: string) => ReactNode
}

function Output({ file, hasEnded, render }: OutputProps) {
  if (!file)
    return (
      <EmptyState
        icon={FileText}
        title={hasEnded ? strings.wereNone : strings.none}
        hint={hasEnded ? strings.wereNoneHint : strings.noneHint}
      />
    )
  return (
    <div className="grid gap-3 p-4 select-text 2xl:px-6">
      <code className="font-mono text-xs wrap-anywhere text-fg-3">{file.path}</code>
      {file.text.length > mostCharacters && <Notice kind="info" message={strings.cut(mostCharacters)} />}
      {render(file.text.slice(0, mostCharacters))}
    </div>
  )
}
