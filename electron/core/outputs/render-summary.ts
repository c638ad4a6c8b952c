import { count, counted } from '../../../shared/counted.ts'
import { inWords } from '../../../shared/duration.ts'
import { failedByRefusal, isRefused } from '../../../shared/standing.ts'
import { generatedFolder } from './export-files.ts'
import type { WorkflowResult } from './workflow-result.ts'

/** The result as a page that is read in a minute: what was asked, made, not made, assumed, run and not run. */
export function renderSummary(result: WorkflowResult): string {
  const { workflow_type, workflow_id, rehearsal } = result
  const status = endOf(result)
  return [
    `# ${title(workflow_type)}: ${status}\n`,
    ...(rehearsal
      ? ['> **This is a rehearsal.** The answers were recorded beforehand; no model took part.\n']
      : []),
    `Run \`${workflow_id}\` took ${inWords(result.duration_ms)} and ended **${status}**.\n`,
    section('Asked', asked(result)),
    section('Code that was given', givenCode(result)),
    section('Steps', steps(result)),
    section('Made', made(result)),
    section('Not made', notMade(result)),
    section(
      'Assumed',
      result.assumptions.map((line) => `- ${plain(line)}`),
    ),
    section('Said between agents', messages(result)),
    section('Left out of prompts', leftOut(result)),
    section('Run and not run', [
      `Nothing was run. ${result.verdict.reason}`,
      'Whatever a file or an answer says of passing tests: nobody has seen them pass.',
    ]),
  ]
    .filter((part) => part !== '')
    .join('\n')
}

/** How the run ended, as people say it: what a person refused is no failure of anybody. */
const endOf = ({ status, steps }: WorkflowResult): string =>
  status !== 'cancelled' && failedByRefusal(steps) ? 'refused at a gate' : status

const section = (name: string, lines: readonly string[]) =>
  lines.length === 0 ? '' : `## ${name}\n\n${lines.join('\n')}\n`

function asked({ requirement, documents, workspace, model, window }: WorkflowResult): string[] {
  const slot = window === null ? '' : `, ${counted(window, 'token')} a slot`
  return [
    ...(requirement ? [`- Requirement: ${plain(requirement.slice(0, 300))}`] : []),
    ...documents.flatMap(({ name, bytes, encoding, warnings }) => [
      `- Document: ${plain(name)} (${counted(bytes, 'byte')}, ${plain(encoding)})`,
      ...warnings.map((warning) => `  - ${plain(warning)}`),
    ]),
    `- Workspace: ${code(workspace)}`,
    ...(model ? [`- Model: ${plain(model)}${slot}`] : []),
  ]
}

function givenCode({ code: { files, left_out }, changed_code }: WorkflowResult): string[] {
  const given = files.map(({ path, bytes, why }) => {
    const since = Object.hasOwn(changed_code, path) ? ' **It has changed since.**' : ''
    return `- ${code(path)} (${counted(bytes, 'byte')}): ${plain(why)}${since}`
  })
  const left = left_out.slice(0, mostLeftOut).map(({ path, reason }) => `- ${code(path)}: ${plain(reason)}`)
  const more = left_out.length - left.length
  return [
    ...given,
    ...(left.length > 0 ? ['', 'Left out:', '', ...left] : []),
    ...(more > 0 ? [`- and ${count(more)} more, listed in the result`] : []),
  ]
}

/** Lines that the page has for what was left out; the result has them all. */
const mostLeftOut = 20

/** What was handed over is what the steps made: only what one agent had to say to another is told here. */
const messages = ({ messages }: WorkflowResult) =>
  messages
    .filter(({ kind }) => kind !== 'hand-off')
    .map(
      ({ from_agent, to_agent, kind, content }) =>
        `- ${from_agent} to ${to_agent}, ${kind.replace('-', ' ')}: ${plain(firstWords(content))}`,
    )

/** How a message begins, and what its parts are called: the page is read in a minute. */
function firstWords(text: string): string {
  const [opening = '', ...parts] = text.split(/^## /m)
  const words = [opening.trim(), ...parts.map((part) => part.split('\n', 1)[0])].join(' ')
  return words.length > 300 ? `${words.slice(0, 300)}...` : words
}

function steps({ steps, tokens }: WorkflowResult): string[] {
  const rows = steps.map(
    ({ step, agent_id, description, status, attempts, duration_ms, tokens, summary, error, stale }) => {
      const outcome = error ? error.message : (summary ?? '')
      const word = isRefused(status, error) ? 'refused' : status
      const state = stale ? `${word}, stale` : word
      const tries = attempts > 1 ? ` (attempt ${attempts})` : ''
      const time = duration_ms === null ? '' : inWords(duration_ms)
      return `| ${step ?? ''} | ${plain(description)} | ${agent_id ?? ''} | ${state}${tries} | ${time} | ${count(tokens.completion)} | ${cell(outcome)} |`
    },
  )
  const cached =
    tokens.prompt > 0
      ? `, of which ${Math.round((100 * tokens.cached) / tokens.prompt)} % came from the server's cache`
      : ''
  return [
    '| Step | What | Agent | State | Time | Tokens | Outcome |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
    `The model read ${counted(tokens.prompt, 'token')}${cached}, and wrote ${count(tokens.completion)}.`,
  ]
}

function made({ files, workflow_id }: WorkflowResult): string[] {
  const whole = files.filter(({ complete, conflict }) => complete && !conflict)
  if (whole.length === 0) return ['No file.']
  const rows = whole.map(({ path, bytes, agent_id, written, held, refused, note, verdict }) => {
    const place = written
      ? 'in the workspace'
      : held
        ? `held back: ${held}`
        : refused
          ? `not in the workspace: ${refused}`
          : 'to be reviewed'
    const where = note === null ? place : `${place}. ${note}`
    return `| ${code(path)} | ${count(bytes)} | ${agent_id} | ${cell(where)} | ${verdict.state} |`
  })
  return [
    '| File | Bytes | Agent | Where | Verdict |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    `A copy of them is in ${code(generatedFolder(workflow_id))}, without those that are held back.`,
  ]
}

function notMade({ not_made, not_exported, unplaced, steps, files, extracted }: WorkflowResult): string[] {
  const inPart = extracted.incomplete + extracted.elided + extracted.conflicts
  const figures = [
    `Whole files: ${count(extracted.whole)}`,
    `incomplete: ${count(extracted.incomplete)}`,
    `with lines left out: ${count(extracted.elided)}`,
    `claimed by several versions: ${count(extracted.conflicts)}`,
    `blocks without a sure name: ${count(extracted.unplaced)}`,
  ]
  const isTold = new Set(not_made.map(({ path }) => path))
  const unplanned = files.filter(
    ({ path, complete, conflict }) => (!complete || conflict) && !isTold.has(path),
  )
  const byReason = Map.groupBy(not_made, ({ reason }) => reason)
  return [
    ...(inPart + extracted.unplaced > 0 ? [`- ${figures.join('; ')}.`] : []),
    ...unplanned.map(({ path, held }) => `- ${code(path)}: ${plain(held ?? 'It is incomplete.')}`),
    ...[...byReason].map(
      ([reason, files]) => `- ${files.map(({ path }) => code(path)).join(', ')}: ${plain(reason)}`,
    ),
    ...not_exported.map(({ path, reason }) => `- ${code(path)} was made, but not exported: ${plain(reason)}`),
    ...unplaced.map(
      ({ task_id, line, bytes, reason }) =>
        `- A block without a sure name (${task_id}, line ${line}, ${counted(bytes, 'byte')}): ${plain(reason)}`,
    ),
    ...steps
      .filter(({ status }) => status === 'pending' || status === 'blocked')
      .map(
        ({ step, description, error }) =>
          `- Step ${step ?? ''} (${plain(description)}) did not run${error ? `: ${plain(error.message)}` : '.'}`,
      ),
  ]
}

const leftOut = ({ left_out }: WorkflowResult) =>
  left_out.flatMap(({ task_id, part, items }) =>
    items.map(
      ({ what, tokens, kept }) =>
        `- ${task_id}, ${plain(part)}: ${plain(what)}, ${count(kept)} of ${counted(tokens, 'token')} kept`,
    ),
  )

const title = (type: string) => `${type[0]!.toUpperCase()}${type.slice(1).replaceAll('_', ' ')}`
/** Model text in our own page: one line, and nothing that Markdown or HTML would act on. */
const plain = (text: string) =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_<>[\]#|]/g, String.raw`\$&`)
    // A list mark at the start, and what would become a link by itself.
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`)
    .replace(/^[-+]/, String.raw`\$&`)
    .replaceAll('://', String.raw`\://`)
    .replaceAll(/\b(www)\./gi, String.raw`$1\.`)
/** The same for a cell of a table: cut where it is long. */
export const cell = (text: string): string => plain(text.length > 240 ? `${text.slice(0, 240)}...` : text)
/** A name as it is, in the type of code. */
export const code = (text: string): string => `\`${text.replaceAll('`', '')}\``
