import { describe, expect, test } from 'vitest'
import { extract, extractOne } from './parse.ts'

const f = '```'
const fence = (info: string, content: string) => `${f}${info}\n${content}${f}\n`
const known = { before: (path: string) => (path === 'known.py' ? 'a = 1\na = 1\nb = 2\n' : null) }

describe('changes that cannot be made are unplaced, each with its reason', () => {
  test.each([
    ['of an unknown file', 'a.py', 'x\n', 'its content is not known here'],
    ['of lines that are not there', 'known.py', 'c = 3\n', 'are not in the file'],
    ['of lines that are there twice', 'known.py', 'a = 1\n', 'more than once'],
    ['that make a file that is there', 'known.py', '', 'is there already'],
  ])('%s', (_what, path, search, why) => {
    const text = `${path}\n${fence('python', `<<<<<<< SEARCH\n${search}=======\nz\n>>>>>>> REPLACE\n`)}`
    const { files, unplaced } = extract(text, known)
    expect(files).toEqual([])
    expect(unplaced).toMatchObject([{ reason: expect.stringContaining(why), candidates: [{ path }] }])
  })

  test('a diff whose lines are found once is made, wherever it says that they are', () => {
    const diff = '--- a/known.py\n+++ b/known.py\n@@ -90,1 +90,1 @@\n-b = 2\n+b = 3\n'
    expect(extract(fence('diff', diff), known).files).toMatchObject([
      { path: 'known.py', content: 'a = 1\na = 1\nb = 3\n', how: 'edit' },
    ])
    const twice = diff.replace('-b = 2', '-a = 1')
    expect(extract(fence('diff', twice), known).unplaced[0]?.reason).toContain('more than once')
  })
})

describe('JSON that holds no files', () => {
  test.each([
    ['what files are for', '{"src/a.py": "The entry point.", "src/b.py": "Its helpers."}'],
    ['a plan', '{"files": [{"path": "src/a.py", "purpose": "The entry point", "needs": []}]}'],
    ['settings', '{"compilerOptions": {"strict": true}}'],
    ['a list', '[{"task_id": "1", "instruction": "Load"}]'],
    ['names that lead out', '{"../a.py": "x\\n", "b.py": "y\\n"}'],
  ])('%s', (_what, json) => {
    expect(extract(fence('json', `${json}\n`)).files).toEqual([])
    expect(extract(json).files).toEqual([])
  })
})

describe('versions of one file', () => {
  const one = fence('python:a.py', 'x = 1\n')
  const two = fence('python:a.py', 'x = 2\n')

  test.each([
    ['Sorry, there is a mistake above. Here is the corrected version of `a.py`:'],
    ['Here is the updated file:'],
    ['下面是修正后的版本：'],
    ['Вот исправленная версия:'],
  ])('the later one wins where the text says so, and that is said: %s', (words) => {
    const { files, warnings } = extract(`${one}\n${words}\n\n${two}`)
    expect(files).toMatchObject([{ content: 'x = 2\n', complete: true }])
    expect(warnings).toEqual([expect.stringContaining('replaces that at line 2')])
  })

  test.each([['And:'], ['Alternatively, an updated approach:'], ['']])(
    'otherwise they are a conflict: %j',
    (words) => {
      expect(extract(`${one}\n${words}\n\n${two}`).conflicts).toMatchObject([{ path: 'a.py' }])
    },
  )

  test('what every version is announced with announces none', () => {
    const words = "Here's the updated `a.py`:\n"
    expect(extract(`${words}${one}\n${words}${two}`).conflicts).toHaveLength(1)
  })

  test('a version with lines left out replaces none', () => {
    const part = fence('python:a.py', 'x = 2\n# ... rest of the code\n')
    expect(extract(`${one}\nHere is the corrected version:\n\n${part}`).conflicts).toHaveLength(1)
  })

  test('what was broken off and begun again is the whole one', () => {
    const whole = fence('python:a.py', 'x = [\n    1,\n]\n')
    const cut = fence('python:a.py', 'x = [\n    1,\n')
    expect(extract(cut + whole)).toMatchObject({ files: [{ complete: true }], conflicts: [] })
  })
})

describe('the plan is the strongest witness of a name', () => {
  const plan = ['src/app/main.py', 'src/app/util.py', 'docs/Field Notes.txt', 'bin/run']
  const placed = (text: string) => extract(text, { plan }).files.map(({ path }) => path)

  test.each([
    ['without its folders', fence('python:main.py', 'x\n'), ['src/app/main.py']],
    ['with the folder of the project', fence('python:project/src/app/main.py', 'x\n'), ['src/app/main.py']],
    ['in another case', fence('python:src/app/Main.py', 'x\n'), ['src/app/main.py']],
    ['with a blank in it', `Field Notes.txt\n${fence('', 'x\n')}`, ['docs/Field Notes.txt']],
    ['without an extension', `File: \`run\`\n${fence('', 'x\n')}`, ['bin/run']],
    ['hinted at only', `In \`util.py\`:\n\n${fence('python', 'x\n')}`, ['src/app/util.py']],
    ['of no planned file', fence('python:other.py', 'x\n'), ['other.py']],
    ['hinted at, of no planned file', `In \`other.py\`:\n\n${fence('python', 'x\n')}`, []],
  ])('a name %s', (_what, text, paths) => {
    expect(placed(text)).toEqual(paths)
  })
})

describe('what is whole', () => {
  test.each([
    ['python', 'a.py', 'def f(:\n    return [1,\n', 'inside brackets'],
    ['python', 'a.py', 'def f():\n    """Says\n', '""" would close'],
    ['python', 'a.py', 'x = 1\ndef f():\n', 'last line'],
    ['ts', 'a.ts', 'export function f() {\n  return 1\n', 'inside brackets'],
    ['ts', 'a.ts', 'const a = `one\n', 'would close'],
    ['ts', 'a.ts', '    return 1\n}\n', null],
    ['go', 'a.go', '\tmux.Handle("/", h)\n', 'in the midst'],
    ['json', 'a.json', '{"a": [1,\n', 'inside brackets'],
    ['html', 'a.html', '<!DOCTYPE html>\n<html>\n<body>\n', '</html>'],
    ['python', 'a.py', 'x = "it\'s"\ny = r"\\d"\nz = [1]\n', null],
    ['ts', 'a.ts', 'const r = /[\'"`]/\nconst t = `a ${b.map((c) => `<${c}>`)}`\n', null],
    ['tsx', 'a.tsx', "export const A = () => <p>Don't {x}</p>\n", null],
    ['c', 'a.c', '#ifdef A\nvoid f() {\n#else\nvoid g() {\n#endif\n}\n', null],
    ['rust', 'a.rs', "fn f<'a>(x: &'a str) -> char { '{' }\n", null],
    ['html', 'part.html', '<div>\n</div>\n', null],
    ['bash', 'a.sh', 'case $1 in\n  a) ls ;;\nesac\n', null],
  ])('%s %s %j', (language, path, content, lack) => {
    const [file] = extract(fence(`${language}:${path}`, content)).files
    if (lack === null) expect(file).toMatchObject({ complete: true, lacks: null })
    else expect(file).toMatchObject({ complete: false, lacks: expect.stringContaining(lack) })
  })

  test('a file with lines left out is never whole', () => {
    const [file] = extract(fence('python:a.py', 'x = 1\n# ... rest of the code unchanged\n')).files
    expect(file).toMatchObject({ complete: false, elided: '# ... rest of the code unchanged', lacks: null })
    expect(extract(fence('md:a.md', '...\n\n<!-- ... -->\n')).files).toMatchObject([{ complete: true }])
  })
})

describe('what is said to be less than a file, or about it', () => {
  test.each([
    '### `src/app.py` (lines 10–14)',
    'Excerpt: src/app.py',
    'Here are the tests for `src/app.py`:',
  ])('%s is not given to the plan or the call either', (line) => {
    const answer = `${line}\n\n\`\`\`python\nx = 1\n\`\`\`\n`
    for (const found of [extract(answer, { plan: ['src/app.py'] }), extractOne(answer, 'src/app.py')]) {
      expect([found.files, found.conflicts]).toEqual([[], []])
      expect(found.unplaced).toMatchObject([{ candidates: [{ path: 'src/app.py' }] }])
      expect(found.unplaced[0]!.reason).toContain('not the whole file')
    }
  })
})

describe('what stands without a fence and holds no sure file is told', () => {
  test.each([
    [
      'a call that breaks off',
      '[TOOL_CALLS][{"name": "write_file", "arguments": {"path": "a.py", "con',
      'breaks off',
    ],
    [
      'a call of another tool',
      '[TOOL_CALLS][{"name": "run", "arguments": {"command": "ls"}}]',
      'holds no file',
    ],
    [
      'a patch without signs',
      '*** Begin Patch\n*** Add File: a.py\nx = 1\n*** End Patch\n',
      'No name of a file',
    ],
    [
      'a patch of an unknown file',
      '*** Begin Patch\n*** Update File: a.py\n-x\n+y\n*** End Patch\n',
      'not known here',
    ],
    ['a file without its end', '===FILE: a.py===\nx = 1\n', 'where the file ends'],
  ])('%s', (_what, answer, why) => {
    const { files, unplaced } = extract(answer)
    expect(files).toEqual([])
    expect(unplaced).toMatchObject([{ reason: expect.stringContaining(why) }])
  })

  test('a README that is asked for alone is all of the answer, fences and all', () => {
    const page = `# App\n\n${fence('bash', 'npm i\n')}\nSet it in \`.env\`:\n\n${fence('env', 'A=1\n')}\n${fence('bash', 'npm start\n')}\nMIT\n`
    expect(extractOne(page, 'README.md').files).toMatchObject([
      { path: 'README.md', content: page, complete: true },
    ])
    const wrapped = `# Answer\n\n${fence('markdown', '# App\n')}`
    expect(extractOne(wrapped, 'README.md').files).toMatchObject([{ content: '# App\n' }])
  })
})
