import { Download, Eye, Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { removeDocument, useDocuments } from '../../stores/documents.ts'
import { changeNewRun, useNewRun } from '../../stores/new-run.ts'
import { newRunStrings as strings } from '../../strings-new-run.ts'
import { DocumentRow } from './document-row.tsx'
import { ReadView } from './read-view.tsx'

/** What the run is to build: documents, and the person's own words. */
export function DocumentPanel({ onChoose }: { readonly onChoose: () => void }) {
  const entries = useDocuments((state) => state.entries)
  const requirement = useNewRun((state) => state.requirement)
  const isRehearsal = useNewRun((state) => state.isRehearsal)
  const [isComparing, setIsComparing] = useState(false)
  const count = (state: string) => entries.filter((entry) => entry.state === state).length
  return (
    <section aria-label={strings.requirements} className="flex flex-none flex-col gap-2 2xl:gap-3">
      <div className="flex min-h-6 items-center gap-2">
        <h2 className="font-strong">{strings.requirements}</h2>
        <span aria-live="polite" className="min-w-0 truncate text-sm text-fg-3">
          {entries.length === 0
            ? strings.none
            : strings.counts(count('read'), count('reading'), count('refused'))}
        </span>
        {count('read') > 0 && (
          <span className="ml-auto">
            <Button kind="ghost" size="sm" icon={Eye} onClick={() => setIsComparing(true)}>
              {strings.compare}
            </Button>
          </span>
        )}
      </div>
      {entries.length === 0 ? (
        <button
          type="button"
          onClick={onChoose}
          className="grid h-40 w-full place-content-center justify-items-center gap-1 rounded-lg border border-dashed border-line-control bg-sunken p-2 text-center text-fg-2 2xl:h-60 [@media(min-height:720px)]:h-54"
        >
          <Download aria-hidden size={24} strokeWidth={1.25} className="mb-1 text-accent" />
          <span className="font-strong text-fg">{strings.drop}</span>
          <span className="text-sm">
            {strings.dropHint} <KeyHint keys="mod+o" />
          </span>
          <span className="mt-2 text-xs text-fg-3">{strings.formats}</span>
        </button>
      ) : (
        <div className="flex min-h-40 flex-col overflow-hidden rounded-lg border border-line-subtle bg-surface-2 2xl:min-h-60 [@media(min-height:720px)]:min-h-54">
          <ul aria-label={strings.documents} className="max-h-[50vh] flex-none overflow-auto">
            {entries.map((entry) => (
              <DocumentRow
                key={entry.key}
                entry={entry}
                onRemove={() => removeDocument(entry.key)}
                onChooseAnother={onChoose}
              />
            ))}
          </ul>
          <button
            type="button"
            onClick={onChoose}
            className="ring-inside -mt-px flex min-h-9 flex-1 items-center gap-2 rounded-b-lg border-t border-line-subtle px-3 text-sm text-fg-3 hover:text-fg"
          >
            <Plus aria-hidden size={16} strokeWidth={1.5} />
            {strings.more} <KeyHint keys="mod+o" />
          </button>
        </div>
      )}
      <textarea
        aria-label={strings.requirement}
        placeholder={
          isRehearsal
            ? strings.requirementRehearsed
            : entries.length > 0
              ? strings.requirementMore
              : strings.requirementHint
        }
        value={requirement}
        disabled={isRehearsal}
        onChange={(event) => changeNewRun({ requirement: event.target.value })}
        className="h-16 w-full resize-none rounded-md border border-line-field bg-field p-2 disabled:border-dashed disabled:bg-transparent disabled:text-fg-3 2xl:h-22"
      />
      {isComparing && <ReadView onClose={() => setIsComparing(false)} />}
    </section>
  )
}
