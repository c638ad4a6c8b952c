import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { GivenFile } from './lay-out.ts'
import {
  startScriptedEndpoint,
  type ScriptedEndpoint,
  type ScriptedOptions,
  type ScriptedReply,
} from './scripted-endpoint.ts'

const Script = z.strictObject({
  title: z.string().min(1),
  document: z.string().min(1),
  /** Below `files/`: what is in the workspace when the run begins. */
  files: z.array(z.string().min(1)).default([]),
  answers: z
    .array(
      z.strictObject({
        task: z
          .string()
          .regex(/^[a-z_]+ \/ [a-z_]+$/, 'a role and a task type, as in "developer / implementation"'),
        file: z.string().min(1).optional(),
        answer: z.string().min(1),
      }),
    )
    .min(1),
})

/** What is said to one task, or to one file of a task that writes one file per call. */
export type RecordedAnswer = { task: string; file: string | null; text: string }

/** A document and the recorded answers to every request that a run of it makes. */
export type Rehearsal = {
  title: string
  document: { name: string; bytes: Uint8Array }
  /** What is in the workspace when the run begins. */
  files: readonly GivenFile[]
  script: readonly RecordedAnswer[]
}

/** The workflows that a rehearsal was recorded of. */
export const listRehearsals = (folder: string): string[] => readdirSync(folder).sort()

/** Reads the rehearsal in a folder. Throws AppError `invalid` when a part of it is missing or malformed. */
export function loadRehearsal(folder: string): Rehearsal {
  try {
    const { title, document, files, answers } = Script.parse(
      parse(readFileSync(join(folder, 'script.yaml'), 'utf8')),
    )
    return {
      title,
      document: { name: document, bytes: readFileSync(join(folder, document)) },
      files: files.map((path) => ({ path, bytes: readFileSync(join(folder, 'files', path)) })),
      script: answers.map(({ task, file = null, answer }) => ({
        task,
        file,
        text: readFileSync(join(folder, answer), 'utf8'),
      })),
    }
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : AppError.from(error).message
    throw new AppError('invalid', `The rehearsal in ${folder} cannot be read: ${reason}`, {
      hint: 'It is part of Paddock: install Paddock again.',
      cause: error,
    })
  }
}

/** How many times faster than usual a rehearsal is played: `PADDOCK_REHEARSAL_PACE`, for tests; 1 where it says nothing. */
function rehearsalPace(): number {
  const pace = Number(process.env['PADDOCK_REHEARSAL_PACE'])
  return pace > 0 ? pace : 1
}

/** Starts the endpoint that plays the rehearsal in a folder; at a pace of 1 all of it takes about half a minute. */
export function startRehearsal(
  folder: string,
  options: Pick<ScriptedOptions, 'slots' | 'tokensPerSecond' | 'firstTokenMs'> = {},
): Promise<ScriptedEndpoint> {
  const rehearsal = loadRehearsal(folder)
  const pace = rehearsalPace()
  return startScriptedEndpoint({
    model: 'rehearsal',
    slots: 2,
    tokensPerSecond: 300 * pace,
    firstTokenMs: 200 / pace,
    ...options,
    answer: (messages) => findAnswer(rehearsal, messages),
  })
}

const taskLine = '# Your task: '
const fileLine = /^The file to write: `([^`\n]+)`/m

/** Finds what was recorded for a request; any other document, task or file is refused with status 409. */
function findAnswer(
  { document, script }: Rehearsal,
  messages: readonly { role: string; content: string }[],
): ScriptedReply {
  const said = messages.filter(({ role }) => role === 'user').map(({ content }) => withPlainLines(content))
  const own = withPlainLines(new TextDecoder().decode(document.bytes)).trim()
  if (!said.some((content) => content.includes(own)))
    return refuse('It holds recorded answers and is no model: set up a model to work on other documents.')

  const last = said.at(-1) ?? ''
  const start = `\n${last}`.lastIndexOf(`\n${taskLine}`)
  if (start === -1) return refuse('This request names no task.')
  const section = last.slice(start + taskLine.length)
  const task = section.split('\n', 1)[0]?.trim() ?? ''
  const file = fileLine.exec(section)?.[1] ?? null
  const found = script.find((recorded) => recorded.task === task && recorded.file === file)
  if (found) return { text: found.text }
  return refuse(`It has no answer for ${file === null ? '' : `the file "${file}" of `}the task "${task}".`)
}

function refuse(reason: string): ScriptedReply {
  return { status: 409, message: `The rehearsal plays only its own document. ${reason}` }
}

/** A checkout on Windows may have other line ends than what the document was read as. */
function withPlainLines(text: string): string {
  return text.replaceAll('\r\n', '\n')
}
