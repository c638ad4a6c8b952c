import { CircleCheck, Clock, LoaderCircle, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

const looks = {
  ok: { icon: CircleCheck, colour: 'text-completed' },
  busy: { icon: LoaderCircle, colour: 'text-working' },
  waiting: { icon: Clock, colour: 'text-waiting' },
  warning: { icon: TriangleAlert, colour: 'text-waiting' },
  problem: { icon: TriangleAlert, colour: 'text-error' },
}

type StateLineProps = { readonly state: keyof typeof looks; readonly children: ReactNode }

/** One quiet line below a field: how what it names is. */
export function StateLine({ state, children }: StateLineProps) {
  const { icon: Drawing, colour } = looks[state]
  return (
    <div className="flex items-start gap-1.5 text-sm text-fg-2">
      <Drawing
        aria-hidden
        size={12}
        strokeWidth={2}
        className={classNames('mt-0.5 flex-none', colour, state === 'busy' && 'spin')}
      />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </div>
  )
}
