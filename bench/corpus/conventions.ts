import type { Convention, Entry, Rendered } from './convention.ts'
import { tagConventions } from './tag-conventions.ts'

const aliases: Readonly<Record<string, readonly string[]>> = {
  python: ['python', 'python', 'py'],
  typescript: ['typescript', 'ts'],
  javascript: ['javascript', 'js'],
  bash: ['bash', 'sh'],
  yaml: ['yaml', 'yaml', 'yml'],
  hcl: ['hcl', 'terraform'],
  markdown: ['markdown', 'markdown', 'md', ''],
  gitignore: ['gitignore', '', 'text'],
  text: ['text', 'txt', '', 'plaintext'],
  env: ['env', 'dotenv', 'bash', ''],
  dockerfile: ['dockerfile', 'Dockerfile'],
  nginx: ['nginx', 'conf'],
}

/** The word that a model puts behind the fence. */
export function fenceWord({ language, random }: Pick<Entry, 'language' | 'random'>): string {
  return random.pick(aliases[language] ?? [language])
}

/** A file in its fence; `info` is the whole fence line. */
export function fenced({ content, fence }: Pick<Entry, 'content' | 'fence'>, info: string): string {
  const end = content === '' || content.endsWith('\n') ? '' : '\n'
  return `${fence}${info}\n${content}${end}${fence}\n`
}

const comments: Readonly<Record<string, readonly [string, string]>> = {
  typescript: ['// ', ''],
  tsx: ['// ', ''],
  javascript: ['// ', ''],
  json: ['// ', ''],
  go: ['// ', ''],
  rust: ['// ', ''],
  css: ['/* ', ' */'],
  html: ['<!-- ', ' -->'],
  markdown: ['<!-- ', ' -->'],
  sql: ['-- ', ''],
}

/** A comment in a file's language. */
export function comment(language: string, text: string): string {
  const [before, after] = comments[language] ?? ['# ', '']
  return `${before}${text}${after}\n`
}

/** A name line over a fence. */
const above =
  (line: (entry: Entry) => string, gap: readonly string[] = ['\n', '\n\n']) =>
  (entry: Entry): Rendered => ({
    text: `${line(entry)}${entry.random.pick(gap)}${fenced(entry, fenceWord(entry))}`,
  })

const info =
  (write: (entry: Entry) => string) =>
  (entry: Entry): Rendered => ({ text: fenced(entry, write(entry)) })

/** A comment inside that names the file: whether it belongs to the file, the text does not say. */
const inside =
  (write: (entry: Entry) => string, heading: (entry: Entry) => string = () => '') =>
  (entry: Entry): Rendered => {
    const first = write(entry)
    const bare = entry.random.chance(0.3) ? '\n' : ''
    const shebang = /^#!.*\n/.exec(entry.content)?.[0] ?? ''
    const content = `${shebang}${first}${bare}${entry.content.slice(shebang.length)}`
    return {
      text: `${heading(entry)}${fenced({ ...entry, content }, fenceWord(entry))}`,
      content,
      also: [entry.content, ...(shebang === '' ? [bare + entry.content] : [])],
    }
  }

/** A hash too many before the name, where the language has hashes at all. */
const doubled = ({ language, path }: Entry) => comment(language, path).replace(/^# /, '## ')

const roles = ['main entry point', 'data layer', 'settings', 'new file', 'the core of it', 'API']

function inList(entry: Entry): Rendered {
  const block = fenced(entry, fenceWord(entry)).replace(/^(?=.)/gm, '   ')
  const name = entry.random.pick([`**\`${entry.path}\`**`, `\`${entry.path}\``, `**${entry.path}**:`])
  return { text: `${entry.number}. ${name}\n\n${block}` }
}

function inDetails(entry: Entry): Rendered {
  const block = fenced(entry, fenceWord(entry))
  return { text: `<details>\n<summary>${entry.path}</summary>\n\n${block}\n</details>\n` }
}

const labels = ['File', 'Filename', 'File path', 'Path', 'FILENAME']

const fenceConventions: readonly Convention[] = [
  { name: 'lang:path in the fence', weight: 3, render: info((e) => `${fenceWord(e) || 'text'}:${e.path}`) },
  { name: 'lang path in the fence', weight: 1, render: info((e) => `${fenceWord(e) || 'text'} ${e.path}`) },
  {
    name: 'title= or file= in the fence',
    weight: 2,
    render: info(
      (e) => `${fenceWord(e) || 'text'} ${e.random.pick(['title', 'file', 'filename'])}="${e.path}"`,
    ),
  },
  {
    name: 'path alone in the fence',
    weight: 1,
    render: info((e) => (/[./]/.test(e.path) ? e.path : `${fenceWord(e)}:${e.path}`)),
  },
  {
    name: 'File: path above',
    weight: 3,
    render: above((e) => `${e.prose.label}: ${e.random.pick([`\`${e.path}\``, e.path])}`),
  },
  {
    name: 'bold label above',
    weight: 2,
    render: above((e) => {
      const label = e.random.pick([e.prose.label, ...labels])
      return e.random.pick([
        `**${label}:** \`${e.path}\``,
        `**${label}**: ${e.path}`,
        `**${label}: ${e.path}**`,
      ])
    }),
  },
  {
    name: 'bare path above',
    weight: 3,
    render: (e) => ({ text: `${e.path}\n${fenced(e, e.random.chance(0.4) ? '' : fenceWord(e))}` }),
  },
  {
    name: 'bold path above',
    weight: 4,
    render: above((e) =>
      e.random.pick([`**${e.path}**`, `**\`${e.path}\`**`, `**${e.path}:**`, `**${e.path}**:`]),
    ),
  },
  { name: 'backticks above', weight: 2, render: above((e) => `\`${e.path}\`${e.random.pick(['', ':'])}`) },
  {
    name: 'heading above',
    weight: 5,
    render: above((e) =>
      e.random.pick([
        `### \`${e.path}\``,
        `### ${e.path}`,
        `## ${e.path}`,
        `#### **${e.path}**`,
        `### **\`${e.path}\`**`,
        `### File: \`${e.path}\``,
      ]),
    ),
  },
  {
    name: 'numbered heading above',
    weight: 4,
    render: above((e) =>
      e.random.pick([
        `### ${e.number}. \`${e.path}\``,
        `### ${e.number}. ${e.path}`,
        `## ${e.number}) **${e.path}**`,
        `#### File ${e.number}: \`${e.path}\``,
        `**${e.number}. \`${e.path}\`:**`,
        `### Step ${e.number}: \`${e.path}\``,
      ]),
    ),
  },
  {
    name: 'heading with a description',
    weight: 4,
    render: above((e) => {
      const role = e.random.pick(roles)
      return e.random.pick([
        `### \`${e.path}\` - ${role}`,
        `### ${e.number}. ${role} (\`${e.path}\`)`,
        `**\`${e.path}\`** (${role}):`,
        `## ${role}: \`${e.path}\``,
        `### ${e.path} (${role})`,
      ])
    }),
  },
  {
    name: 'heading, then a sentence',
    weight: 3,
    render: above(
      (e) => `### ${e.random.pick([`\`${e.path}\``, e.path])}\n\n${e.random.pick(e.prose.about)}`,
      ['\n\n'],
    ),
  },
  {
    name: 'heading with a pictograph',
    weight: 1,
    render: above((e) => `### ${e.random.pick(['📄', '📁', '✅'])} \`${e.path}\``),
  },
  {
    name: 'list item above',
    weight: 2,
    render: above((e) =>
      e.random.pick([
        `- \`${e.path}\``,
        `${e.number}. **${e.path}**`,
        `* **\`${e.path}\`**:`,
        `${e.number}. \`${e.path}\`:`,
      ]),
    ),
  },
  { name: 'fence inside a list item', weight: 2, render: inList },
  { name: 'sentence that creates', weight: 4, render: above((e) => e.prose.create(e.path)) },
  { name: 'sentence with the updated file', weight: 2, render: above((e) => e.prose.updated(e.path)) },
  {
    name: 'word and path above',
    weight: 1,
    render: above((e) =>
      e.random.pick([
        `Updated \`${e.path}\``,
        `Creating new file \`${e.path}\``,
        `### New file: \`${e.path}\``,
        `Contents of ${e.path}:`,
        `${e.path} (new file)`,
        `Create file: \`${e.path}\``,
      ]),
    ),
  },
  { name: '__path__ above', weight: 0.3, render: above((e) => `__${e.path}__`) },
  { name: 'path in brackets above', weight: 0.5, render: above((e) => `[${e.path}]`, ['\n']) },
  {
    name: 'banner above',
    weight: 0.5,
    render: above(
      (e) => e.random.pick([`=== ${e.path} ===`, `--- ${e.path} ---`, `### FILE: ${e.path} ###`]),
      ['\n'],
    ),
  },
  { name: 'summary of details above', weight: 0.5, render: inDetails },
  { name: 'comment inside', weight: 3, render: inside((e) => comment(e.language, e.path)) },
  {
    name: 'labelled comment inside',
    weight: 2,
    render: inside((e) =>
      comment(e.language, `${e.random.pick(['File', 'file', 'filename', 'filepath'])}: ${e.path}`),
    ),
  },
  { name: '## path inside', weight: 1, render: inside(doubled) },
  {
    name: '## Code: path above and inside',
    weight: 0.5,
    render: inside(doubled, (e) => `## Code: ${e.path}\n\n`),
  },
]

/** All ways to name files, each as likely as its weight says. */
export const conventions: readonly Convention[] = [...fenceConventions, ...tagConventions]
