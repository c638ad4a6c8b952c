import type { PlannedFile } from '../../../shared/change.ts'
import { openFence } from '../context/fence.ts'
import type { PromptFiles } from '../context/prompt-files.ts'
import { isMarkdown } from '../files/file-kinds.ts'
import type { FileWriter } from '../files/file-writer.ts'

/** A file that is asked for: what is planned of it, and its content as it is now; null for a new one. */
export type WantedFile = Pick<PlannedFile, 'path' | 'purpose'> & { readonly before: string | null }

/** The part of a prompt that asks for one file; `guide` says how such files are written. */
export function filePrompt(file: WantedFile, guide: string | null, prompts: PromptFiles): string {
  const { path, purpose, before } = file
  const notes = [
    ...(before === null ? [] : [prompts.fill('existing-file.md', { path })]),
    ...(before === null || guide === null ? [] : [prompts.fill('existing-style.md')]),
    ...(guide === null ? [] : [guide]),
  ]
  return prompts.fill('one-file.md', {
    path,
    purpose,
    notes: notes.map((note) => `${note}\n\n`).join(''),
    fence: fenceFor(path, before ?? ''),
  })
}

/** Markdown holds fences of its own, so it is asked for in a longer one. */
const fenceFor = (path: string, before: string) =>
  openFence(isMarkdown(null, path) ? `\`\`\`\n${before}` : before)

/** What an answer lacks of the file, as a sentence for the model; null when it will do. `mustChange`: the same again will not. */
export function lackOfFile(
  text: string,
  { path, before }: WantedFile,
  files: FileWriter,
  mustChange: boolean,
): string | null {
  const problem = files.whatIsWrong(text, path, before)
  if (problem !== null) return `${problem} The file ${path} was asked for.`
  const contents = files.parseCodeBlocks(text).map(({ content }) => content)
  const isSame = before !== null && contents.some((content) => content.trimEnd() === before.trimEnd())
  return mustChange && isSame ? `Your answer gives ${path} as it was before, without the change.` : null
}
