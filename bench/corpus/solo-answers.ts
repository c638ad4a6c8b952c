import { fenced, fenceWord } from './conventions.ts'
import { deployFiles } from './deploy-files.ts'
import type { LabelledAnswer } from './labelled-answer.ts'
import { pageFiles } from './page-files.ts'
import type { Project } from './project.ts'
import { proses } from './prose.ts'
import { sourceFiles } from './source-files.ts'
import { canBeElided, elide, think } from './spoil.ts'

/** An answer to a call for one file, which the answer need not name: the plan does. */
export function soloAnswer(name: string, project: Project): LabelledAnswer {
  const { random } = project
  const file = random.pick([...sourceFiles, ...deployFiles, ...pageFiles])(project)
  const { path, content } = file
  const { prose } = random.weigh(proses)
  const entry = { ...file, number: 1, random, prose, fence: '```' }
  const block = fenced(entry, fenceWord(entry))
  const run = 'make run\n'
  const base = { name, traps: [], notWhole: [], mustNotBeFiles: [], unplaced: [], plan: [path] }
  const whole = [{ path, content }]
  const cut = `${content.slice(0, Math.floor(content.length * 0.6)).trimEnd()}`
  const other = 'docs/other_part.md'

  return random.weigh<{ weight: number; answer: LabelledAnswer }>([
    {
      weight: 4,
      answer: {
        ...base,
        convention: 'plan of one, block alone',
        text: `${prose.opening}\n\n${block}`,
        files: whole,
      },
    },
    {
      weight: 2,
      answer: {
        ...base,
        convention: 'plan of one, block and commands',
        traps: ['commands'],
        text: `${prose.opening}\n\n${prose.create(path)}\n\n${block}\n${prose.run}\n\n\`\`\`bash\n${run}\`\`\`\n`,
        files: whole,
        unplaced: [run],
      },
    },
    {
      weight: 1,
      answer: {
        ...base,
        convention: 'plan of one, no fence at all',
        text: content,
        files: [{ path, content, also: [content.trimEnd()] }],
      },
    },
    {
      weight: 1,
      answer: {
        ...base,
        convention: 'plan of one, cut off',
        traps: ['cut off'],
        text: `\`\`\`${fenceWord(entry)}\n${cut}`,
        files: [],
        notWhole: [{ path, why: 'cut off' }],
      },
    },
    {
      weight: 1,
      answer: {
        ...base,
        convention: 'plan of one, block alone',
        traps: ['draft in thinking'],
        text: `${think(entry, random)}${block}`,
        files: whole,
      },
    },
    {
      weight: canBeElided(file) ? 1 : 0,
      answer: {
        ...base,
        convention: 'plan of one, block alone',
        traps: ['elided file'],
        text: `${prose.opening}\n\n${fenced({ ...entry, content: elide(entry) }, fenceWord(entry))}`,
        files: [],
        notWhole: [{ path, why: 'elided' }],
      },
    },
    {
      weight: 1,
      answer: {
        ...base,
        convention: 'plan of one, another file',
        traps: ['another name than asked for'],
        plan: [other],
        text: `${prose.create(path)}\n\n${block}`,
        files: [],
        mayBeFiles: whole,
        mustNotBeFiles: [other],
      },
    },
  ]).answer
}
