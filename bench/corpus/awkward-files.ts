import { some, type Project, type ProjectFile } from './project.ts'

function readme({ random, one, many, type }: Project): ProjectFile {
  const content = `# ${type}s

Keeps ${many} in one place.

## Installation

\`\`\`bash
git clone https://github.com/example/${many}.git
pip install -r requirements.txt
\`\`\`

${some(random, [
  `## Configuration

Create a \`.env\` file:

\`\`\`env
PORT=8000
\`\`\`

`,
  `## Usage

Run \`main.py\`:

\`\`\`bash
python main.py list
\`\`\`

`,
])}## API

\`\`\`python
from models import ${type}Store

store = ${type}Store()
print(store.count())
\`\`\`

## Licence

MIT. Each ${one} belongs to whoever entered it.
`
  return { path: 'README.md', language: 'markdown', content }
}

/** Its tree stands in a fence without a word, as models write it. */
function readmeWithTree({ one, many, type }: Project): ProjectFile {
  const content = `# ${type} service

## Structure

\`\`\`
${many}/
├── main.py
├── models.py
└── tests/
    └── test_${one}.py
\`\`\`

## Start

\`\`\`bash
make run
\`\`\`

That is all there is to it.
`
  return { path: 'README.md', language: 'markdown', content }
}

function contributing({ random, many }: Project): ProjectFile {
  const content = `# How to help

1. Fork, then:

   \`\`\`sh
   git switch -c my-change
   make test
   \`\`\`

2. Name files as in this sample:

   \`\`\`text
   ${many}/reader.py
   \`\`\`

3. Send it.
`
  return { path: random.pick(['CONTRIBUTING.md', 'docs/contributing.md']), language: 'markdown', content }
}

function docstringFences({ one, many, type }: Project): ProjectFile {
  const content = `"""Formats ${many} as Markdown.

Example:

    \`\`\`python
    print(render([]))
    \`\`\`
"""


def render(${many}):
    """Returns a Markdown text.

    \`\`\`
    | ${one} | state |
    \`\`\`
    """
    lines = ["# ${type}s", ""]
    for ${one} in ${many}:
        lines.append(f"- {${one}}")
    return "\\n".join(lines)
`
  return { path: `${one}_markdown.py`, language: 'python', content }
}

function templateFences({ random, one, many }: Project): ProjectFile {
  const content = `export function prompt(${one}: string): string {
  return \`Summarise this ${one}:

\\\`\\\`\\\`json
\${${one}}
\\\`\\\`\\\`

Answer in one line.\`;
}

export const fence = '\`\`\`';

export const ${many}Help = [
  'Paste it between',
  '\`\`\`text',
  '\`\`\`',
].join('\\n');
`
  return { path: random.pick(['src/prompt.ts', `lib/${one}-prompt.ts`]), language: 'typescript', content }
}

/** A fence at the start of a line, inside a string of code: only what follows tells that the file goes on. */
function flushFenceInCode({ one, many }: Project): ProjectFile {
  const content = `REPORT = """
# ${many}

\`\`\`text
{body}
\`\`\`
"""


def report(${many}):
    body = "\\n".join(str(${one}) for ${one} in ${many})
    return REPORT.format(body=body)
`
  return { path: `reports/${one}_report.py`, language: 'python', content }
}

/** Files that hold fences; `trap` names what is awkward. */
export const awkwardFiles = [
  { trap: 'README with inner fences', make: readme, weight: 4 },
  { trap: 'README with a bare inner fence', make: readmeWithTree, weight: 2 },
  { trap: 'indented fences in Markdown', make: contributing, weight: 1 },
  { trap: 'fences in a docstring', make: docstringFences, weight: 1.5 },
  { trap: 'fences in a template string', make: templateFences, weight: 1.5 },
  { trap: 'a flush fence in a string', make: flushFenceInCode, weight: 0.7 },
]
