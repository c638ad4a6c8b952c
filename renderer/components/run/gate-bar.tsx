import { Hand } from 'lucide-react'
import { useState } from 'react'
import { runStrings } from '../../strings-run.ts'
import { Button } from '../button.tsx'
import { Field } from '../field.tsx'

type GateBarProps = {
  readonly step: string
  readonly title: string
  readonly isBusy: boolean
  readonly onDecide: (isOpen: boolean, comment: string) => void
  readonly onLook: () => void
}

const words = runStrings.gate

/** Asks a person whether what is behind a step goes on; the comment is kept with the decision. */
export function GateBar({ step, title, isBusy, onDecide, onLook }: GateBarProps) {
  const [comment, setComment] = useState('')
  return (
    <section
      aria-label={words.title(step)}
      className="flex flex-none flex-wrap items-end gap-x-4 gap-y-2 border-b border-line-subtle bg-waiting-soft/55 px-4 py-2 2xl:px-6"
    >
      <div className="flex min-w-60 flex-1 items-start gap-2">
        <Hand aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 flex-none text-waiting" />
        <div className="min-w-0">
          <div className="font-strong">
            {words.title(step)} <span className="font-regular text-fg-2">{title}</span>
          </div>
          <div className="text-sm text-fg-2">{words.text}</div>
        </div>
      </div>
      <div className="w-72">
        <Field
          label={words.comment}
          size="sm"
          maxLength={2000}
          value={comment}
          onChange={({ target }) => setComment(target.value)}
        />
      </div>
      <div className="flex gap-2">
        <Button size="sm" kind="ghost" onClick={onLook}>
          {words.look}
        </Button>
        <Button size="sm" kind="danger" isBusy={isBusy} onClick={() => onDecide(false, comment)}>
          {words.close}
        </Button>
        <Button size="sm" isBusy={isBusy} onClick={() => onDecide(true, comment)}>
          {words.open}
        </Button>
      </div>
    </section>
  )
}
