import { awkwardFiles } from './awkward-files.ts'
import type { Convention } from './convention.ts'
import { conventions } from './conventions.ts'
import { addNoise, holdsFence, lastName, toEntry, writeFile, type Draft, type Writing } from './draft.ts'
import type { LabelledAnswer } from './labelled-answer.ts'
import { cutOff, mishaps } from './mishaps.ts'
import { pageFiles } from './page-files.ts'
import { drawProject, type Project, type ProjectFile } from './project.ts'
import { proses } from './prose.ts'
import { createRandom, type Random } from './random.ts'
import { setupFiles } from './setup-files.ts'
import { soloAnswer } from './solo-answers.ts'
import { sourceFiles } from './source-files.ts'
import { alter, think } from './spoil.ts'

/** The answer of a seed: the same seed gives the same answer. */
export function generateAnswer(seed: number): LabelledAnswer {
  const random = createRandom(seed)
  const project = drawProject(random)
  const name = `generated ${seed}`
  return random.chance(0.08) ? soloAnswer(name, project) : answerOfSeveral(name, project)
}

/** The answers of the seeds from `first` on. */
export function generateAnswers(count: number, first = 1): LabelledAnswer[] {
  return Array.from({ length: count }, (_one, index) => generateAnswer(first + index))
}

function answerOfSeveral(name: string, project: Project): LabelledAnswer {
  const { random } = project
  const convention = random.weigh(conventions)
  const { prose } = random.weigh(proses)
  const draft: Draft = {
    text: '',
    traps: [],
    files: new Map(),
    mayBeFiles: [],
    notWhole: [],
    names: [],
    blocks: [],
  }
  const drawn = drawFiles(project, convention, draft.traps)
  const isShort = random.chance(0.06) && !convention.isData && canBeShort(drawn)
  const writing: Writing = { random, prose, drawn, convention, isShort, draft }
  if (isShort) draft.traps.push('names without folders, and a plan')

  if (prose.language !== 'English') draft.traps.push(`prose in ${prose.language}`)
  if (convention.isData) writeData(writing)
  else writeProse(writing)
  const answer = finish(name, writing)
  const paths = new Set(drawn.map(({ path }) => path))
  const begun = answer.notWhole.filter(({ path, why }) => why === 'cut off' || paths.has(path))
  const asked = [...answer.files, ...begun]
  const isPlanned = isShort || (random.chance(0.3) && asked.length > 1)
  return isPlanned ? { ...answer, plan: random.shuffle(asked.map(({ path }) => path)) } : answer
}

function canBeShort(files: readonly ProjectFile[]): boolean {
  const names = files.map(({ path }) => lastName(path))
  return (
    files.length > 1 && new Set(names).size === names.length && files.some(({ path }) => path.includes('/'))
  )
}

/** Files with different paths; sometimes two of them with the same last name. */
function drawFiles(project: Project, convention: Convention, traps: string[]): ProjectFile[] {
  const { random } = project
  const makers = [...sourceFiles, ...setupFiles, ...pageFiles]
  const files = random
    .shuffle(makers)
    .slice(0, 1 + random.below(5))
    .map((make) => make(project))
  if (random.chance(0.25) && !convention.noFences) {
    const { trap, make } = random.weigh(awkwardFiles)
    files.splice(random.below(files.length + 1), 0, make(project))
    traps.push(trap)
  }
  if (random.chance(0.08)) {
    const [first] = files
    const path = `${random.pick(['legacy', 'packages/core', 'v2'])}/${first!.path.split('/').at(-1)}`
    files.push({ ...first!, path, content: alter(first!) })
    traps.push('same last name in two folders')
  }
  if (random.chance(0.06)) {
    files.push({ path: `${project.many}_core/__init__.py`, language: 'python', content: '' })
    traps.push('empty file')
  }
  if (random.chance(0.06)) {
    const at = random.below(files.length)
    if (!holdsFence(files[at]!)) {
      files[at] = convention.isData ? unended(files[at]!) : untidy(files[at]!, random)
      traps.push(convention.isData ? 'no newline at the end of a file' : 'blanks in a file')
    }
  }
  return files.filter(({ path }, index) => files.findIndex((other) => other.path === path) === index)
}

const unended = (file: ProjectFile): ProjectFile => ({ ...file, content: file.content.trimEnd() })

/** With blanks that a reader must keep: at line ends, and as lines at the end or the start. */
function untidy(file: ProjectFile, random: Random): ProjectFile {
  const lines = file.content.split('\n')
  for (let line = 1; line < lines.length - 2; line += 3) lines[line] += random.pick([' ', '  ', '\t'])
  const first = random.chance(0.5) && !file.content.startsWith('#!') ? '\n' : ''
  return { ...file, content: `${first}${lines.join('\n')}${random.pick(['', '\n', '\n\n'])}` }
}

function writeData({ draft, drawn, convention, random, prose }: Writing): void {
  const [before, after] = convention.around!
  const entries = drawn.map((file, index) => toEntry(file, index + 1, random, prose))
  draft.text = `${before}${entries.map((entry) => convention.render(entry).text).join('')}${after}`
  for (const { path, content } of drawn) draft.files.set(path, { path, content })
}

function writeProse(writing: Writing): void {
  const { random, prose, drawn, convention, draft } = writing
  if (random.chance(0.12)) {
    draft.text += think(toEntry(random.pick(drawn), 1, random, prose), random)
    draft.traps.push('draft in thinking')
  }
  if (random.chance(0.75)) draft.text += `${prose.opening}\n\n`
  if (random.chance(0.4)) addNoise(writing)
  draft.text += convention.around?.[0] ?? ''
  const mishap = random.weigh(mishaps)
  const unlucky = random.below(drawn.length)
  drawn.forEach((file, index) => {
    const entry = toEntry(file, index + 1, random, prose)
    if (index === unlucky && mishap.write) mishap.write(entry, writing)
    else writeFile(entry, writing)
    draft.text += '\n'
    if (random.chance(0.2)) draft.text += `${random.pick(prose.about)}\n\n`
    if (random.chance(0.22)) addNoise(writing)
  })
  draft.text += convention.around?.[1] ?? ''
  if (random.chance(0.12)) cutOff(writing)
  else if (random.chance(0.5)) draft.text += `\n${prose.closing}\n`
}

function finish(name: string, { random, convention, draft, drawn }: Writing): LabelledAnswer {
  const { kind } = random.weigh(endings)
  const mayNot = convention.isData || (kind === 'blanks behind fences' && drawn.some(holdsFence))
  const lineEnds = mayNot ? 'as they are' : kind
  const change = (text: string) => (lineEnds === 'CRLF' ? text.replaceAll('\n', '\r\n') : text)
  let text = change(draft.text)
  if (lineEnds !== 'as they are') draft.traps.push(lineEnds)
  if (lineEnds === 'byte order mark') text = `\ufeff${text}`
  if (lineEnds === 'blanks behind fences') text = text.replace(/^(```+\w*)$/gm, '$1  ')
  if (lineEnds === 'no newline at the end') text = text.trimEnd()
  const bad = new Set(draft.notWhole.map(({ path }) => path))
  const files = [...draft.files.values()]
    .filter(({ path }) => !bad.has(path))
    .map(({ path, content, also = [] }) => ({ path, content: change(content), also: also.map(change) }))
  const held = new Set([...bad, ...files.map(({ path }) => path)])
  return {
    name,
    convention: convention.name,
    traps: [...new Set(draft.traps)],
    text,
    files,
    notWhole: draft.notWhole,
    mayBeFiles: draft.mayBeFiles.map(({ path, content, also = [] }) => ({
      path,
      content: change(content),
      also: also.map(change),
    })),
    mustNotBeFiles: draft.names.filter((path) => !held.has(path)),
    unplaced: draft.blocks.map(change),
  }
}

const endings = [
  { kind: 'as they are', weight: 14 },
  { kind: 'CRLF', weight: 1.2 },
  { kind: 'byte order mark', weight: 0.7 },
  { kind: 'blanks behind fences', weight: 0.8 },
  { kind: 'no newline at the end', weight: 2 },
] as const
