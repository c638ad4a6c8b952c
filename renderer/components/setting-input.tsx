import { Lock } from 'lucide-react'
import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { classNames } from './class-names.ts'
import { Field } from './field.tsx'
import { Select, type Choice } from './select.tsx'
import { Switch } from './switch.tsx'

type SettingInputProps = {
  readonly label: string
  readonly kind: 'switch' | 'choice' | 'number' | 'text' | 'words' | 'lines' | 'secret'
  readonly choices: readonly Choice<string>[]
  readonly text: string
  readonly placeholder: string
  readonly isOn: boolean
  /** It is set where it cannot be changed from here. */
  readonly isLocked: boolean
  readonly isDefault: boolean
  readonly isSaving: boolean
  readonly unit?: string
  readonly hint?: string
  readonly problem?: string
  /** Somebody writes. */
  readonly onEdit: () => void
  /** What stands in the field is not set, or is again. */
  readonly onUnsaved: (isUnsaved: boolean) => void
  /** Somebody has written: text of a field, or a switch. */
  readonly onSet: (value: string | boolean) => void
}

/** A value that is changed in place: with Enter or by leaving the field; Esc brings the old one back. */
export function SettingInput(props: SettingInputProps) {
  const { label, kind, choices, text, isOn, isLocked, isDefault, hint, onSet } = props
  const hintId = useId()
  if (kind === 'switch')
    return <Switch label={label} isLabelHidden isOn={isOn} isDisabled={isLocked} onChange={onSet} />
  if (kind === 'choice' && !isLocked)
    return (
      <div className="grid gap-1">
        <Select label={label} value={text} choices={choices} describedBy={hint && hintId} onChange={onSet} />
        {hint && (
          <span id={hintId} className="text-sm text-fg-3">
            {hint}
          </span>
        )}
      </div>
    )
  return <TextInput key={`${text} ${isDefault}`} {...props} />
}

function TextInput(props: SettingInputProps) {
  const {
    label,
    kind,
    text,
    placeholder,
    isLocked,
    isDefault,
    isSaving,
    unit,
    hint,
    problem,
    onEdit,
    onUnsaved,
    onSet,
  } = props
  const [draft, setDraft] = useState(text)
  const isUnsaved = draft !== text
  useEffect(() => {
    if (!isUnsaved) return
    onUnsaved(true)
    return () => onUnsaved(false)
    // Only what is written counts here, not that the row was drawn again.
  }, [isUnsaved])
  const set = () => {
    if (isUnsaved && !isSaving && !isLocked) onSet(draft)
  }
  const edit = (next: string) => {
    setDraft(next)
    if (problem) onEdit()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && kind !== 'lines') set()
    else if (event.key === 'Escape' && isUnsaved) {
      event.stopPropagation()
      edit(text)
    }
  }
  if (kind === 'lines' && !isLocked)
    return (
      <div className="grid gap-1">
        <textarea
          aria-label={label}
          aria-invalid={problem ? true : undefined}
          rows={Math.min(5, Math.max(2, draft.split('\n').length))}
          spellCheck={false}
          value={draft}
          placeholder={placeholder}
          onChange={(event) => edit(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={set}
          className={classNames(
            'resize-none rounded-md border bg-field px-2 py-1 font-mono text-sm leading-5',
            problem ? 'border-error' : 'border-line-field',
          )}
        />
        <span className={classNames('text-sm wrap-anywhere', problem ? 'text-error' : 'text-fg-3')}>
          {problem ?? hint}
        </span>
      </div>
    )
  return (
    <Field
      label={label}
      isLabelHidden
      isMono
      isQuiet={isDefault}
      type={kind === 'secret' ? 'password' : 'text'}
      {...(kind === 'number' ? { inputMode: 'decimal' as const } : {})}
      readOnly={isLocked}
      value={draft}
      placeholder={placeholder}
      title={draft}
      onChange={(event) => edit(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={set}
      {...(problem ? { problem } : {})}
      {...(hint ? { hint } : {})}
      end={
        <>
          {unit && <span className="flex-none text-sm text-fg-3">{unit}</span>}
          {isLocked && <Lock aria-hidden size={12} className="flex-none text-fg-3" />}
        </>
      }
    />
  )
}
