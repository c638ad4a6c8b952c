import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { decodeDocument } from '../../read-file.ts'
import { useDocuments } from '../../stores/documents.ts'
import { newRunStrings as strings } from '../../strings-new-run.ts'

/** More is not read by anyone here, and would take long to lay out. */
const mostCharacters = 200_000

/** A document beside what was read of it. */
export function ReadView({ onClose }: { readonly onClose: () => void }) {
  const entries = useDocuments((state) => state.entries).filter(({ read }) => read !== null)
  const [key, setKey] = useState(String(entries[0]?.key))
  const entry = entries.find((one) => String(one.key) === key) ?? entries[0]
  if (!entry?.read) return null
  const { read } = entry
  const original = decodeDocument(entry.bytes ?? { base64: '' }, read.encoding)
  return (
    <Dialog title={strings.read.title} isOpen onClose={onClose} width="full">
      <div className="flex h-full flex-col gap-2 p-4">
        <div className="flex flex-none items-center gap-3">
          <div className="w-80">
            <Select
              label={strings.read.document}
              choices={entries.map((one) => ({ value: String(one.key), label: one.name }))}
              value={String(entry.key)}
              onChange={setKey}
            />
          </div>
          <span className="text-sm text-fg-3">
            {[
              strings.facts(read.paragraphs, read.words),
              strings.tokens(read.tokens),
              strings.read.encoding(read.encoding, read.bytes),
              ...(original === read.text ? [strings.read.same] : []),
            ].join(' · ')}
          </span>
        </div>
        {read.warnings.map((warning) => (
          <Notice key={warning} kind="waiting" message={warning} />
        ))}
        {read.text.length > mostCharacters && (
          <Notice kind="info" message={strings.read.cut(mostCharacters)} />
        )}
        <div
          tabIndex={0}
          role="group"
          aria-label={entry.name}
          className="grid min-h-0 flex-1 grid-cols-2 overflow-auto rounded-md border border-line-subtle bg-sunken"
        >
          {[[strings.read.original, original] as const, [strings.read.asRead, read.text] as const].map(
            ([title, text]) => (
              <section key={title} className="min-w-0 not-first:border-l not-first:border-line-subtle">
                <h3 className="sticky top-0 border-b border-line-subtle bg-surface-2 px-3 py-1 text-xs font-medium text-fg-3">
                  {title}
                </h3>
                <pre className="p-3 font-mono text-sm leading-5 wrap-anywhere whitespace-pre-wrap text-code">
                  {text.slice(0, mostCharacters)}
                </pre>
              </section>
            ),
          )}
        </div>
      </div>
    </Dialog>
  )
}
