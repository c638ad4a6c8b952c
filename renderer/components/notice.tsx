import { Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ErrorData } from '../../shared/errors.ts'
import { asButtons } from '../as-buttons.ts'
import { strings } from '../strings.ts'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { Hint } from './hint.tsx'

type NoticeProps = {
  readonly kind: 'error' | 'waiting' | 'info'
  /** What happened. */
  readonly message: ReactNode
  /** What to do. */
  readonly hint?: ReactNode
  /** A button or two with the verb. */
  readonly children?: ReactNode
}

const kinds = {
  error: 'border-error/40 bg-error-soft/55 [&>svg]:text-error',
  waiting: 'border-waiting/40 bg-waiting-soft/55 [&>svg]:text-waiting',
  info: 'border-accent-line bg-accent-soft/55 [&>svg]:text-accent',
}

/** Two sentences: what happened and what to do; then at most two buttons. */
export function Notice({ kind, message, hint, children }: NoticeProps) {
  const Drawing = kind === 'info' ? Info : TriangleAlert
  return (
    <div
      role={kind === 'error' ? 'alert' : undefined}
      className={classNames('flex items-start gap-2 rounded-md border px-3 py-2 text-sm', kinds[kind])}
    >
      <Drawing aria-hidden size={16} strokeWidth={1.75} className="flex-none" />
      <div className="min-w-0 flex-1 wrap-anywhere whitespace-pre-line">
        <div>{message}</div>
        {hint && <div className="text-fg-2">{hint}</div>}
      </div>
      {children && <div className="flex flex-none gap-2">{children}</div>}
    </div>
  )
}

type ErrorNoticeProps = {
  readonly error: ErrorData
  /** Tries again what failed; with none there is no button for it. */
  readonly onRetry?: () => void
  readonly children?: ReactNode
}

/** An error as the core told it. */
export const ErrorNotice = ({ error, onRetry, children }: ErrorNoticeProps) => (
  <Notice kind="error" message={asButtons(error.message)} hint={error.hint && <Hint text={error.hint} />}>
    {onRetry ? (
      <Button size="sm" onClick={onRetry}>
        {strings.common.retry}
      </Button>
    ) : (
      children
    )}
  </Notice>
)
