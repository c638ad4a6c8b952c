import { CircleCheck, Clock, TriangleAlert } from 'lucide-react'
import type { Check } from '../../shared/reports.ts'
import { strings } from '../strings.ts'
import { classNames } from './class-names.ts'
import { Hint } from './hint.tsx'

const looks = {
  ok: { icon: CircleCheck, colour: 'text-completed', word: strings.checks.ok },
  warning: { icon: Clock, colour: 'text-waiting', word: strings.checks.warning },
  problem: { icon: TriangleAlert, colour: 'text-error', word: strings.checks.problem },
}

/** What was looked at, one line each: its state as drawing, colour and word. */
export function CheckList({ checks }: { readonly checks: readonly Check[] }) {
  return (
    <ul className="grid gap-3">
      {checks.map(({ name, state, message, hint }) => {
        const { icon: Drawing, colour, word } = looks[state]
        return (
          <li key={`${name} ${message}`} className="flex gap-3">
            <Drawing
              aria-hidden
              size={16}
              strokeWidth={1.75}
              className={classNames('mt-0.5 flex-none', colour)}
            />
            <div className="min-w-0 wrap-anywhere select-text">
              <span className="sr-only">{word}: </span>
              {name}
              <div className="text-sm text-fg-3">{message}</div>
              {hint && (
                <div className="text-sm text-fg-2">
                  <Hint text={hint} />
                </div>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
