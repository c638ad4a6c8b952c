import type { AcceptedFiles } from '../../../shared/contract.ts'
import { reviewStrings } from '../../strings-review.ts'
import { Button } from '../button.tsx'
import { Notice } from '../notice.tsx'

type WriteResultProps = {
  readonly result: AcceptedFiles
  readonly workspace: string
  readonly onSelect: (path: string) => void
  readonly onClose: () => void
}

const words = reviewStrings.result

/** What writing came to: how many files are there now, and each that is not with its reason. */
export function WriteResult({
  result: { written, already, held },
  workspace,
  onSelect,
  onClose,
}: WriteResultProps) {
  return (
    <div role="status" className="flex-none border-b border-line-subtle px-4 py-3 2xl:px-6">
      <Notice
        kind={held.length > 0 ? 'waiting' : 'info'}
        message={<b className="font-strong">{words.title(written.length, already.length, held.length)}</b>}
        hint={written.length > 0 ? words.into(workspace) : undefined}
      >
        <Button size="sm" onClick={onClose}>
          {words.close}
        </Button>
      </Notice>
      {held.length > 0 && (
        <ul aria-label={words.held} className="mt-1 max-h-28 overflow-auto text-sm">
          {held.map(({ path, reason }) => (
            <li key={path} className="flex min-h-6 items-center gap-2">
              <button
                type="button"
                onClick={() => onSelect(path)}
                className="flex-none rounded-sm font-mono text-accent hover:underline"
              >
                {path}
              </button>
              <span className="min-w-0 text-fg-2">{reason}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
