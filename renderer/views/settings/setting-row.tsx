import { Circle, FileText, Lock, Pencil } from 'lucide-react'
import { classNames } from '../../components/class-names.ts'
import { SettingInput } from '../../components/setting-input.tsx'
import { clearProblem, markUnsaved, setSetting, useSettings } from '../../stores/settings.ts'
import { settingWords, settingsStrings as strings } from '../../strings-settings.ts'
import type { Setting } from './find-settings.ts'
import { readValue, settingForm, writeValue } from './setting-form.ts'

const ours: ReadonlySet<string> = new Set(['default', 'user file'])

/** One setting: its name, its value to change in place, and where that comes from. */
export function SettingRow({ setting }: { readonly setting: Setting }) {
  const { key, value, origin } = setting
  const problem = useSettings((settings) => settings.problems[key])
  const isSaving = useSettings((settings) => settings.saving === key)
  const { label, unit, hint, choices } = settingWords(key)
  const form = settingForm(key)
  const isLocked = !ours.has(origin)
  const more = [hint, form.kind === 'words' && strings.listHint, form.kind === 'lines' && strings.linesHint]
    .filter(Boolean)
    .join('. ')
  return (
    <div className="grid min-h-12 grid-cols-[minmax(0,1fr)_232px] items-center gap-x-4 gap-y-1 border-b border-line-subtle py-1.5 lg:grid-cols-[minmax(0,1fr)_264px_minmax(0,248px)] 2xl:grid-cols-[minmax(0,1fr)_320px_320px]">
      <div className="min-w-0">
        <div className="truncate" title={label}>
          {label}
        </div>
        <div className="truncate font-mono text-xs text-fg-3 select-text" title={key}>
          {key}
        </div>
      </div>
      <SettingInput
        label={label}
        kind={form.kind}
        choices={form.choices.map((value) => ({ value, label: value, hint: choices?.[value] }))}
        text={writeValue(form, value)}
        placeholder={form.kind === 'secret' && value === '(set)' ? strings.secret : strings.noValue}
        isOn={value === true}
        isLocked={isLocked}
        isDefault={origin === 'default'}
        {...(unit ? { unit } : {})}
        {...(more ? { hint: more } : {})}
        {...(problem ? { problem: [problem.message, problem.hint ?? strings.notUsed].join(' ') } : {})}
        isSaving={isSaving}
        onEdit={() => clearProblem(key)}
        onUnsaved={(isUnsaved) => markUnsaved(key, isUnsaved)}
        onSet={(next) => void setSetting(key, typeof next === 'string' ? readValue(form, next) : next)}
      />
      <Source setting={setting} isSaving={isSaving} />
    </div>
  )
}

function Source({
  setting: { key, origin, where },
  isSaving,
}: {
  readonly setting: Setting
  readonly isSaving: boolean
}) {
  const isOwn = origin === 'user file'
  const isLocked = !ours.has(origin)
  const Drawing = isLocked ? Lock : isOwn ? Pencil : origin === 'default' ? Circle : FileText
  return (
    <div className="col-span-2 min-w-0 text-sm lg:col-span-1">
      <div
        className={classNames(
          'flex items-center gap-1.5',
          isOwn ? 'text-accent' : origin === 'default' ? 'text-fg-3' : 'text-fg-2',
        )}
      >
        <Drawing aria-hidden size={12} strokeWidth={2} className="flex-none" />
        {strings.origins[origin] ?? origin}
        {isOwn && (
          <button
            type="button"
            onClick={() => void setSetting(key, null)}
            className="ml-2 rounded-sm px-1 text-fg-2 underline underline-offset-2 hover:text-fg"
          >
            {strings.reset}
          </button>
        )}
      </div>
      <div
        aria-live="polite"
        className={classNames('text-xs text-fg-3 select-text', !isLocked && 'truncate')}
        title={where ?? ''}
      >
        {isSaving ? strings.saving : isLocked ? howToChange(origin, where) : where}
      </div>
    </div>
  )
}

function howToChange(origin: string, where: string | null): string {
  if (where === null) return strings.changeStart
  return origin === 'environment' ? strings.changeVariable(where) : strings.changeIn(where)
}
