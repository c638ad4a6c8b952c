import { awkwardFiles } from './awkward-files.ts'
import { conventions } from './conventions.ts'
import type { Convention, Entry, Rendered } from './convention.ts'
import type { ExpectedFile, LabelledAnswer } from './labelled-answer.ts'
import { alter, cutInside, editLater, elide, think } from './mishaps.ts'
import { noises } from './noise.ts'
import { pageFiles } from './page-files.ts'
import { drawProject, type Project, type ProjectFile } from './project.ts'
import { proses, type Prose } from './prose.ts'
import { createRandom, type Random } from './random.ts'
import { setupFiles } from './setup-files.ts'
import { sourceFiles } from './source-files.ts'
import { soloAnswer } from './solo-answers.ts'

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

/** What an answer comes to while it is written. */
type Draft = {
  text: string
  readonly traps: string[]
  readonly files: Map<string, ExpectedFile>
  readonly notWhole: LabelledAnswer['notWhole'][number][]
  readonly names: string[]
  readonly blocks: string[]
}

type Writing = {
  readonly random: Random
  readonly prose: Prose
  readonly drawn: readonly ProjectFile[]
  readonly convention: Convention
  readonly draft: Draft
}

function answerOfSeveral(name: string, project: Project): LabelledAnswer {
  const { random } = project
  const convention = random.weigh(conventions)
  const { prose } = random.weigh(proses)
  const draft: Draft = { text: '', traps: [], files: new Map(), notWhole: [], names: [], blocks: [] }
  const drawn = drawFiles(project, convention, draft.traps)
  const writing: Writing = { random, prose, drawn, convention, draft }

  if (prose.language !== 'English') draft.traps.push(`prose in ${prose.language}`)
  if (convention.isData) writeData(writing)
  else writeProse(writing)
  const answer = finish(name, writing)
  const asked = [...answer.files, ...answer.notWhole.filter(({ why }) => why !== 'only a change')]
  const isPlanned = random.chance(0.3) && asked.length > 1
  return isPlanned ? { ...answer, plan: random.shuffle(asked.map(({ path }) => path)) } : answer
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
  return files.filter(({ path }, index) => files.findIndex((other) => other.path === path) === index)
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

function addNoise({ random, prose, drawn, draft }: Writing): void {
  const { trap, make } = random.weigh(noises)
  const { text, names = [], blocks = [], changes } = make({ random, prose, files: drawn })
  draft.text += `${text}\n`
  draft.traps.push(trap)
  draft.names.push(...names)
  draft.blocks.push(...blocks)
  if (changes !== undefined) draft.notWhole.push({ path: changes, why: 'only a change' })
}

const holdsFence = ({ content }: Pick<ProjectFile, 'content'>) => /^\s*(?:```|~~~)/m.test(content)

function toEntry(file: ProjectFile, number: number, random: Random, prose: Prose): Entry {
  const fence = holdsFence(file) && random.chance(0.3) ? '````' : random.chance(0.04) ? '~~~' : '```'
  return { ...file, number, random, prose, fence }
}

/** Writes a file in the answer's convention. A name with a space needs quotes of some kind around it. */
function render(entry: Entry, convention: Convention): Rendered & { path: string } {
  const rendered = convention.render(entry)
  const { path } = entry
  const quoted = [`\`${path}\``, `"${path}"`, `>${path}<`, `=${path}<`]
  if (!path.includes(' ') || quoted.some((quote) => rendered.text.includes(quote)))
    return { ...rendered, path }
  const dashed = path.replaceAll(' ', '-')
  return { ...convention.render({ ...entry, path: dashed }), path: dashed }
}

function writeFile(entry: Entry, { convention, draft }: Writing): void {
  const { text, path, content = entry.content, also = [] } = render(entry, convention)
  draft.text += text
  draft.files.set(path, { path, content, also })
}

const mishaps: readonly {
  readonly weight: number
  readonly write?: (entry: Entry, writing: Writing) => void
}[] = [
  { weight: 20 },
  {
    weight: 1.5,
    write(entry, writing) {
      const { draft, prose } = writing
      writeFile(entry, writing)
      draft.text += `\n${prose.closing}\n\n${render(entry, writing.convention).text}`
      draft.traps.push('the same file twice')
    },
  },
  {
    weight: 1.5,
    write(entry, writing) {
      const { draft, prose, convention } = writing
      const { text } = render({ ...entry, content: alter(entry) }, convention)
      draft.text += `${text}\n${prose.corrected(entry.path)}\n\n`
      writeFile(entry, writing)
      draft.traps.push('correction announced')
    },
  },
  {
    weight: 1.5,
    write(entry, writing) {
      const { draft, convention, prose } = writing
      const { text, path } = render(entry, convention)
      const other = render({ ...entry, content: alter(entry) }, convention)
      draft.text += `${text}\n${prose.about[0]}\n\n${other.text}`
      draft.notWhole.push({ path, why: 'conflict' })
      draft.traps.push('two versions, unannounced')
    },
  },
  {
    weight: 2,
    write(entry, writing) {
      const { draft, convention, random } = writing
      const isShort = entry.content.split('\n').length < 9
      if (isShort || entry.language === 'json' || holdsFence(entry)) return writeFile(entry, writing)
      const { text, path } = render({ ...entry, content: elide(entry, random) }, convention)
      draft.text += text
      draft.notWhole.push({ path, why: 'elided' })
      draft.traps.push('elided file')
    },
  },
  {
    weight: 1,
    write(entry, writing) {
      const { draft, random } = writing
      writeFile(entry, writing)
      const edit = entry.language === 'json' ? null : editLater(entry, random)
      const written = draft.files.get(entry.path)
      if (!edit || written?.content !== entry.content) return
      draft.text += `\n${edit.text}`
      draft.files.set(entry.path, { path: entry.path, content: edit.content })
      draft.traps.push('SEARCH/REPLACE of a file above')
    },
  },
]

/** Cuts the answer inside its last file, which then has no end. */
function cutOff({ draft, random, drawn, convention, prose }: Writing): void {
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
