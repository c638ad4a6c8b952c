import { Search } from 'lucide-react'
import { EmptyState } from '../../components/empty-state.tsx'
import { useSettings } from '../../stores/settings.ts'
import { settingSections, settingsStrings as strings } from '../../strings-settings.ts'
import { findSettings, sectionOf } from './find-settings.ts'
import { SettingRow } from './setting-row.tsx'

/** The settings of the section that is chosen, or all that are found. */
export function SettingRows() {
  const values = useSettings((settings) => settings.shown.value?.values) ?? []
  const words = useSettings((settings) => settings.words)
  const section = useSettings((settings) => settings.section)
  const found = findSettings(values, words, section)
  if (found.length === 0) return <EmptyState icon={Search} title={strings.none} />
  const groups = settingSections.filter(({ id }) => found.some(({ key }) => sectionOf(key) === id))
  return groups.map(({ id, title }) => (
    <section key={id} aria-label={title}>
      <h2 className="pt-2 pb-1 font-strong">{title}</h2>
      <div
        aria-hidden
        className="hidden h-8 grid-cols-[minmax(0,1fr)_264px_minmax(0,248px)] items-center gap-4 border-b border-line-subtle text-xs text-fg-3 lg:grid 2xl:grid-cols-[minmax(0,1fr)_320px_320px]"
      >
        <span>{strings.columns.setting}</span>
        <span>{strings.columns.value}</span>
        <span>{strings.columns.source}</span>
      </div>
      {found
        .filter(({ key }) => sectionOf(key) === id)
        .map((setting) => (
          <SettingRow key={setting.key} setting={setting} />
        ))}
    </section>
  ))
}
