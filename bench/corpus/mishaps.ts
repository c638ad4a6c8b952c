import type { Entry } from './convention.ts'
import { holdsFence, lastName, render, toEntry, writeFile, type Writing } from './draft.ts'
import type { NotWhole } from './labelled-answer.ts'
import { alter, canBeElided, cutInside, editLater, elide } from './spoil.ts'

/** What goes wrong with one file of an answer; mostly nothing. */
export const mishaps: readonly {
  readonly weight: number
  readonly write?: (entry: Entry, writing: Writing) => void
}[] = [
  { weight: 20 },
  {
    weight: 1.5,
    write(entry, writing) {
      const { draft, prose } = writing
      const text = writeFile(entry, writing)
      draft.text += `\n${prose.closing}\n\n${text}`
      draft.traps.push('the same file twice')
    },
  },
  {
    weight: 1.5,
    write(entry, writing) {
      const { draft, prose, isShort } = writing
      const { text, path } = render({ ...entry, content: alter(entry) }, writing)
      draft.text += `${text}\n${prose.corrected(isShort ? lastName(path) : path)}\n\n`
      writeFile(entry, writing)
      draft.traps.push('correction announced')
    },
  },
  {
    weight: 1.5,
    write(entry, writing) {
      const { draft, prose, convention } = writing
      // A shell that runs both commands keeps the second.
      if (convention.noFences) return void writeFile(entry, writing)
      const { text, path } = render(entry, writing)
      const other = render({ ...entry, content: alter(entry) }, writing)
      draft.text += `${text}\n${prose.about[0]}\n\n${other.text}`
      markNotWhole(writing, path, 'conflict')
      draft.traps.push('two versions, unannounced')
    },
  },
  {
    weight: 2,
    write(entry, writing) {
      const { draft } = writing
      if (holdsFence(entry) || !canBeElided(entry)) return void writeFile(entry, writing)
      const { text, path } = render({ ...entry, content: elide(entry) }, writing)
      draft.text += text
      markNotWhole(writing, path, 'elided')
      draft.traps.push('elided file')
    },
  },
  {
    weight: 1,
    write(entry, writing) {
      const { draft, random } = writing
      writeFile(entry, writing)
      const cannot = entry.language === 'json' || writing.isShort || holdsFence(entry)
      const edit = cannot ? null : editLater(entry, random)
      const written = draft.files.get(entry.path)
      if (!edit || written?.content !== entry.content) return
      draft.text += `\n${edit.text}`
      draft.files.set(entry.path, { path: entry.path, content: edit.content })
      draft.traps.push('change to a file above')
    },
  },
]

function markNotWhole({ draft, isShort }: Writing, path: string, why: NotWhole): void {
  draft.notWhole.push({ path, why })
  if (isShort && lastName(path) !== path) draft.notWhole.push({ path: lastName(path), why })
}

/** Cuts the answer inside its last file, which then has no end. */
export function cutOff({ draft, random, drawn, convention, prose }: Writing): void {
  const last = { path: 'src/last_part.py', language: 'python', content: '' }
  const content = `import logging\n\nlog = logging.getLogger(__name__)\n\n\n${drawn
    .slice(0, 3)
    .map(
      (_one, index) =>
        `def step_${index}(value):\n    log.info("step ${index} of %s", value)\n    return value + 1\n`,
    )
    .join('\n\n')}`
  if (convention.around) return
  const entry = toEntry({ ...last, content }, drawn.length + 1, random, prose)
  draft.text += cutInside(convention.render(entry).text, random)
  draft.notWhole.push({ path: last.path, why: 'cut off' })
  draft.traps.push('cut off')
}
