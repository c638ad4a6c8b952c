import { fenced, fenceWord } from './conventions.ts'
import type { LabelledAnswer } from './labelled-answer.ts'
import { pageFiles } from './page-files.ts'
import type { Project } from './project.ts'
import { proses } from './prose.ts'
import { setupFiles } from './setup-files.ts'
import { sourceFiles } from './source-files.ts'

/** An answer to a call for one file, which the answer need not name: the plan does. */
export function soloAnswer(name: string, project: Project): LabelledAnswer {
  const { random } = project
  const { path, language, content } = random.pick([...sourceFiles, ...setupFiles, ...pageFiles])(project)
  const { prose } = random.weigh(proses)
  const block = fenced({ content, fence: '```' }, fenceWord({ language, random }))
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
        text: `\`\`\`${fenceWord({ language, random })}\n${cut}`,
        files: [],
        notWhole: [{ path, why: 'cut off' }],
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
