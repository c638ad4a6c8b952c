import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { confirm, isCancel, log, select, text } from '@clack/prompts'
import { AppError } from '../../shared/errors.ts'
import type { ListedWorkflow } from '../../shared/reports.ts'
import { workflowLines } from './draw-workflow.ts'
import { clip, printable } from './format.ts'
import { documentFault } from './run-files.ts'

/** What a run starts from, as far as the command line says. */
export type GivenRun = {
  readonly documents: readonly string[]
  readonly requirement?: string
  readonly workflow?: string
  readonly workspace?: string
  readonly accept?: boolean
}

/** What a run starts from, whole. */
export type WholeRun = Required<GivenRun>

/** Columns of what stands beside a choice, and of a message. */
const hintWidth = 44
const messageWidth = 74

/** What questions offer: the folder that is meant where nothing is typed, and the workflows of a folder. */
type Offered = { workspace: string; workflowsOf(workspace: string): Promise<readonly ListedWorkflow[]> }

/** Asks for what the command line leaves open; throws `cancelled` when the person leaves. Nothing is made meanwhile. */
export async function askForRun(
  given: GivenRun,
  { workspace: usual, workflowsOf }: Offered,
): Promise<WholeRun> {
  const workspace = given.workspace ?? (await askForWorkspace(usual))
  const workflow = given.workflow ?? (await askForWorkflow(await workflowsOf(resolve(workspace))))
  const isOpen = given.documents.length === 0 && given.requirement === undefined
  const source = isOpen ? await askForSource() : {}
  const accept = given.accept ?? (await askToAccept())
  return {
    documents: given.documents,
    requirement: given.requirement ?? '',
    ...source,
    workspace,
    workflow,
    accept,
  }
}

const askForWorkspace = async (usual: string) =>
  pathOf(
    await answered(
      text({
        message: 'Which folder is the work for? It is made where it is missing.',
        placeholder: usual === '.' ? '. (this folder)' : usual,
        defaultValue: usual,
      }),
    ),
  )

async function askForWorkflow(listed: readonly ListedWorkflow[]): Promise<string> {
  const usual = listed.find(({ workflow }) => workflow.id === 'feature_development')
  const id = await answered(
    select({
      message: 'Which workflow?',
      options: listed.map(({ workflow: { id, name, description } }) => ({
        value: id,
        label: printable(name),
        hint: clip(printable(description), hintWidth),
      })),
      ...(usual ? { initialValue: usual.workflow.id } : {}),
    }),
  )
  const chosen = listed.find(({ workflow }) => workflow.id === id)!
  log.message(workflowLines(chosen.workflow, chosen.origin, messageWidth).join('\n'))
  return id
}

async function askForSource(): Promise<Pick<GivenRun, 'documents'> | { requirement: string }> {
  const kind = await answered(
    select({
      message: 'What does it start from?',
      options: [
        { value: 'document', label: 'A document', hint: 'a text or Markdown file' },
        { value: 'words', label: 'My own words' },
      ],
    }),
  )
  if (kind === 'words')
    return { requirement: await answered(text({ message: 'What is to be done?', validate: missing })) }
  const path = await answered(
    text({
      message: 'Which document?',
      placeholder: 'requirements.md',
      validate: (value) => missing(value) ?? documentFault(pathOf(value ?? '')),
    }),
  )
  return { documents: [pathOf(path)] }
}

const askToAccept = () =>
  answered(
    confirm({
      message: 'Write finished files to that folder at the end, without asking?',
      active: 'Yes',
      inactive: 'No, I look at them first',
      initialValue: false,
    }),
  )

const missing = (value: string | undefined) =>
  value?.trim() ? undefined : 'Type something, or press Ctrl-C to leave.'

/** A path as people type it or drop it on a terminal: in quotes, or from their home on. */
export function pathOf(typed: string): string {
  const [, , quoted] = /^(['"])(.*)\1$/.exec(typed.trim()) ?? []
  return (quoted ?? typed.trim()).replace(/^~(?=\/|$)/, homedir())
}

async function answered<T>(prompt: Promise<T>): Promise<Exclude<T, symbol>> {
  const value = await prompt
  if (isCancel(value)) throw new AppError('cancelled', 'Nothing was started.')
  return value as Exclude<T, symbol>
}
