import { createRequire } from 'node:module'
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { Block } from './block.ts'
import { isPlausiblePath } from './plausible-path.ts'
import { withinTime } from './within-time.ts'

const CustomFile = z.object({
  path: z.string(),
  content: z.string(),
  language: z.string().nullish(),
  line: z.int().positive().nullish(),
  /** False for a file of which the answer has a part only. */
  complete: z.boolean().nullish(),
})
/** A file as a format of one's own finds it. */
export type CustomFile = z.input<typeof CustomFile>
/** Finds the files of an answer in a format of one's own; null or an empty list where the answer is not of that format. */
export type CustomFormat = (text: string) => readonly CustomFile[] | null
/** Makes files of one's own of a run's result: a list of `path` and `content`, also as a promise, or nothing. */
export type CustomOutput = (result: object) => unknown
/** Milliseconds for loading the module, and for each answer: nothing else goes on meanwhile. */
const longest = 5000
const hint = 'Set `extractor` to the whole path of a module that exports parse_custom_format, or to null.'

/**
 * Loads the module that the person's own settings name: it exports `parse_custom_format`. It runs as a part of Paddock,
 * so nothing but those settings may name it. Throws `invalid` where it cannot be used.
 */
export function loadCustomFormat(module: string): CustomFormat {
  const loaded = load(module)
  const format = (loaded as { parse_custom_format?: unknown }).parse_custom_format
  if (typeof format === 'function') return format as CustomFormat
  throw new AppError('invalid', `The extractor ${module} exports no function parse_custom_format.`, { hint })
}

/** The `write_custom_output` of the same module, which it may do without. */
export function loadCustomOutput(module: string): CustomOutput | null {
  const output = (load(module) as { write_custom_output?: unknown }).write_custom_output
  return typeof output === 'function' ? (output as CustomOutput) : null
}

function load(module: string): object {
  if (!isAbsolute(module))
    throw new AppError('invalid', `The extractor ${module} is not named by its whole path.`, { hint })
  try {
    return withinTime(() => createRequire(import.meta.url)(module) as object, longest)
  } catch (cause) {
    throw new AppError('invalid', `The extractor ${module} cannot be loaded: ${(cause as Error).message}.`, {
      hint,
      cause,
    })
  }
}

/** The blocks that a format of one's own finds, under the same rules for names as all others; null where it is not used. */
export function readCustom(
  text: string,
  format: CustomFormat,
  ms = longest,
): { blocks: Block[] | null; warning: string | null } {
  try {
    const files =
      z
        .array(CustomFile)
        .nullish()
        .parse(withinTime(() => format(text), ms)) ?? []
    return { blocks: files.length > 0 ? files.map(toBlock) : null, warning: null }
  } catch (error) {
    const what = reasonOf(error)
    const warning = `The custom extractor failed, so the built-in one was used: ${what.replaceAll(/\s+/g, ' ').slice(0, 300)}`
    return { blocks: null, warning }
  }
}

/** What went wrong in a person's module, in words. */
export function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.message
  return error instanceof z.ZodError ? z.prettifyError(error) : String(error)
}

function toBlock({ path, content, language, line, complete }: CustomFile): Block {
  const verdict = isPlausiblePath(path)
  const from = line ?? 1
  const end = from + content.split('\n').length - (content.endsWith('\n') ? 1 : 0)
  const place = {
    language: language ?? null,
    content,
    line: from,
    end,
    closed: complete !== false,
    above: [],
  }
  return verdict.ok
    ? { ...place, path: verdict.path, how: 'custom', reason: null, candidates: [] }
    : { ...place, path: null, how: null, reason: verdict.reason, candidates: [] }
}
