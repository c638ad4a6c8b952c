import { create } from 'zustand'
import { AppError, type ErrorData } from '../../shared/errors.ts'
import type { DocumentBytes, ReadDocument } from '../../shared/host.ts'
import { api } from '../api.ts'
import { readFile } from '../read-file.ts'
import { show } from './view.ts'

/** A document of the new run. Those that were refused stay as a line with their reason. */
export type DocumentEntry = {
  readonly key: number
  readonly name: string
  readonly state: 'reading' | 'read' | 'refused'
  readonly bytes: DocumentBytes | null
  readonly read: ReadDocument | null
  readonly error: ErrorData | null
}

const mostDocuments = 50

/** The documents that were dropped for the new run, in their order. */
export const useDocuments = create<{ readonly entries: readonly DocumentEntry[] }>()(() => ({ entries: [] }))

let lastKey = 0

const change = (key: number, part: Partial<DocumentEntry>) =>
  useDocuments.setState(({ entries }) => ({
    entries: entries.map((entry) => (entry.key === key ? { ...entry, ...part } : entry)),
  }))

async function add(name: string, read: () => Promise<DocumentBytes>): Promise<void> {
  const key = ++lastKey
  const entry: DocumentEntry = { key, name, state: 'reading', bytes: null, read: null, error: null }
  useDocuments.setState(({ entries }) => ({ entries: [...entries, entry] }))
  try {
    const taken = useDocuments.getState().entries.filter(({ state }) => state !== 'refused').length
    if (taken > mostDocuments)
      throw new AppError('invalid', `A run takes ${mostDocuments} documents at most.`, {
        hint: 'Join some of them, or start two runs.',
      })
    const bytes = await read()
    change(key, { bytes, read: await api.document.read(bytes), state: 'read' })
  } catch (error) {
    change(key, { state: 'refused', error: AppError.from(error).toJSON() })
  }
}

/** Adds files that were dropped or chosen; each is read by itself, so a wrong one leaves the others alone. */
export function addFiles(files: readonly File[]): void {
  for (const file of files) void add(file.name, () => readFile(file))
}

/** Adds documents whose bytes are here already. */
export function addDocuments(documents: readonly DocumentBytes[]): void {
  for (const document of documents) void add(document.name, async () => document)
}

/** Takes a document, or the line of a refused one, off the list. */
export const removeDocument = (key: number): void =>
  useDocuments.setState(({ entries }) => ({ entries: entries.filter((entry) => entry.key !== key) }))

/** Takes every document off the list. */
export const clearDocuments = (): void => useDocuments.setState({ entries: [] })

api.on('opened', ({ documents, problems }) => {
  show('new-run')
  addDocuments(documents)
  for (const message of problems)
    void add(message, async () => {
      throw new AppError('invalid', message)
    })
})
