const repeat = (part: string) => (characters: number) => part.repeat(Math.ceil(characters / part.length))
const between = (start: string, part: string, end: string) => (characters: number) =>
  start + repeat(part)(characters) + end
const numbered = (part: (index: number) => string) => (characters: number) => {
  const parts: string[] = []
  for (let length = 0, index = 0; length < characters; index++) {
    parts.push(part(index))
    length += parts.at(-1)!.length
  }
  return parts.join('')
}
const f = '```'

/** Answers that are written to be slow, each of about so many characters. */
export const hostileAnswers: Readonly<Record<string, (characters: number) => string>> = {
  'fences that never close': repeat(`${f}python\n`),
  'bare fences': repeat(`${f}\n`),
  'Markdown in Markdown': (characters) =>
    repeat(`${f}md\n`)(characters / 2) + repeat(`${f}\n`)(characters / 2),
  'Markdown that never closes': repeat(`${f}md\n# A\n${f}\nx\n`),
  backticks: repeat('`'),
  'one long line': repeat('x'),
  emphasis: repeat('*a_ '),
  blanks: repeat(' '),
  headings: repeat('# a.py\n'),
  'tildes and backticks': repeat(`~~~\n${f}\n`),
  'fences in list items': repeat(`- ${f}py\n`),
  'many files': numbered((index) => `${f}python:a${index}.py\nx\n${f}\n`),
  'many versions of one file': numbered((index) => `${f}python:a.py\n${index}\n${f}\n`),
  'names above': repeat(`File: \`a.py\`\n${f}python\nx\n${f}\n`),
  'files in one outer fence': between('~~~\n', `${f}python:a.py\nx\n${f}\n`, '~~~\n'),
  'tags that open': repeat('<file path="a.py">\n'),
  'tags that close': between('<file path="a.py">\n', '</file>\n', ''),
  'tags with children': repeat('<write_file>\n'),
  'ends of tags with children': between('<write_file>\n<path>a.py</path>\n', '</write_file>\n', ''),
  CDATA: between('<file path="a.py">\n', '<![CDATA[\n', '</file>'),
  attributes: between('<file ', 'a="b" ', '>\n'),
  thinking: repeat('<think>\n'),
  'thinking in one line': repeat('<think></think>'),
  'ends of thinking': repeat('</think>\n'),
  'changes that begin': repeat('<<<<<<< SEARCH\n'),
  changes: between(`${f}\n`, '<<<<<<< SEARCH\n=======\nx\n>>>>>>> REPLACE\n', `${f}\n`),
  'a change of many lines alike': (characters) =>
    `${f}python:a.py\n${repeat('x\n')(characters / 2)}${f}\na.py\n${f}\n<<<<<<< SEARCH\n${repeat('x\n')(characters / 4)}y\n=======\nz\n>>>>>>> REPLACE\n${f}\n`,
  diffs: between(`${f}diff\n`, '--- a/a.py\n+++ b/a.py\n@@\n-x\n+y\n', `${f}\n`),
  'open JSON': between(`${f}json\n`, '[', `\n${f}\n`),
  'nested JSON': repeat('{"files":'),
  'here-documents': between(`${f}sh\n`, "cat > a.py <<'EOF'\n", `${f}\n`),
  brackets: between(`${f}python:a.py\n`, '[', `\n${f}\n`),
  quotes: between(`${f}python:a.py\n`, '"\n', `${f}\n`),
  'docstrings with fences': between(`${f}python:a.py\n`, `"""\n${f}\n`, ''),
  backslashes: between(`${f}python:a.py\nx = "`, '\\', `\n${f}\n`),
  slashes: between(`${f}js:a.js\n`, '=/[ ', `\n${f}\n`),
  'comments that leave out': between(`${f}js:a.js\n`, '// ... \n', `${f}\n`),
  'names inside': between(`${f}python\n`, '# a.py\n', `${f}\n`),
  'long lines of a fence': between(`${f}python `, 'title="a" ', '\n'),
}
