import { FileText, TriangleAlert, X } from 'lucide-react'
import { Button } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { IconButton } from '../../components/icon-button.tsx'
import type { DocumentEntry } from '../../stores/documents.ts'
import { newRunStrings as strings } from '../../strings-new-run.ts'

type DocumentRowProps = {
  readonly entry: DocumentEntry
  readonly onRemove: () => void
  readonly onChooseAnother: () => void
}

/** One document: what was read of it, or why it was not added. */
export function DocumentRow({ entry, onRemove, onChooseAnother }: DocumentRowProps) {
  const { name, state, read, error } = entry
  const isRefused = state === 'refused'
  const Drawing = isRefused ? TriangleAlert : FileText
  const more = isRefused
    ? [error?.message, error?.hint].filter(Boolean).join(' ')
    : (read?.warnings.join(' ') ?? '')
  return (
    <li
      className={classNames(
        'grid min-h-11 grid-cols-[16px_minmax(0,1fr)_auto_24px] items-center gap-x-3 border-b border-line-subtle py-1.5 pr-2 pl-3',
        isRefused && 'bg-error-soft/60',
      )}
    >
      <Drawing aria-hidden size={16} strokeWidth={1.5} className={isRefused ? 'text-error' : 'text-fg-3'} />
      <div className="min-w-0">
        <div className="truncate leading-4 font-medium" title={name}>
          {name} {isRefused && <span className="font-regular text-error">{strings.notAdded}</span>}
        </div>
        {isRefused ? (
          <div className="text-sm wrap-anywhere text-fg-2">{more}</div>
        ) : (
          <div className={classNames('truncate text-sm', more ? 'text-waiting' : 'text-fg-3')} title={more}>
            {read
              ? [strings.facts(read.paragraphs, read.words), more].filter(Boolean).join('. ')
              : strings.reading}
          </div>
        )}
      </div>
      {isRefused ? (
        <Button size="sm" onClick={onChooseAnother}>
          {strings.chooseAnother}
        </Button>
      ) : (
        <span className="text-sm text-fg-3">{read && strings.tokens(read.tokens)}</span>
      )}
      <IconButton icon={X} size="sm" label={strings.remove(name)} onClick={onRemove} />
    </li>
  )
}
