import { Check, HardDriveDownload } from 'lucide-react'
import { reviewStrings } from '../../strings-review.ts'
import { Button } from '../button.tsx'

/** The numbers of a review. */
export type BarNumbers = {
  readonly decided: number
  readonly all: number
  readonly accepted: number
  readonly rejected: number
  readonly written: number
  readonly toWrite: number
  readonly withAll: number
}

type AcceptBarProps = {
  readonly numbers: BarNumbers
  readonly unsaved: number
  readonly isWriting: boolean
  readonly isRunning: boolean
  readonly onAcceptAll: () => void
  readonly onWrite: () => void
}

const words = reviewStrings.bar

/** What is decided, and the one button that writes: exactly as many files as it says. */
export function AcceptBar({ numbers, unsaved, isWriting, isRunning, onAcceptAll, onWrite }: AcceptBarProps) {
  const { decided, all, accepted, rejected, written, toWrite, withAll } = numbers
  const share = (count: number) => ({ width: `${all === 0 ? 0 : (count / all) * 100}%` })
  const note = unsaved > 0 ? words.unsaved(unsaved) : isRunning ? words.running : null
  return (
    <section
      aria-label={words.decided(decided, all)}
      className="flex h-12 flex-none items-center gap-3 border-t border-line bg-surface-0 px-4 whitespace-nowrap 2xl:px-6"
    >
      <span className="flex-none">
        <b className="font-strong">{decided}</b>{' '}
        {words.decided(decided, all).slice(String(decided).length + 1)}
      </span>
      <span
        aria-hidden
        className="hidden h-1 w-36 flex-none gap-px overflow-hidden rounded-full bg-surface-3 lg:flex"
      >
        <i className="bg-passed-bar" style={share(accepted)} />
        <i className="bg-error-bar" style={share(rejected)} />
      </span>
      <span className="hidden min-w-0 truncate text-sm text-fg-3 lg:inline">
        {decided === 0 ? words.nothing : words.parts(accepted, rejected, written)}
      </span>
      <span className="ml-auto min-w-0 truncate text-sm text-waiting">{note}</span>
      <Button icon={Check} keys="shift+a" disabled={withAll === 0 || isWriting} onClick={onAcceptAll}>
        {words.acceptAll(withAll)}
      </Button>
      <Button
        kind="primary"
        icon={HardDriveDownload}
        keys="mod+enter"
        disabled={toWrite === 0}
        isBusy={isWriting}
        onClick={onWrite}
      >
        {isWriting ? words.writing(toWrite) : words.write(toWrite)}
      </Button>
    </section>
  )
}
