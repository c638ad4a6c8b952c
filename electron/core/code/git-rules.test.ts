import { execFileSync } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GitRules } from './git-rules.ts'
import { makeTree, readTree } from './tree.fixture.ts'

/** What Git itself would list: neither ignored nor its own. */
function listByGit(root: string): string[] {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'core.excludesFile=', ...args], { cwd: root, encoding: 'utf8' })
  return git('ls-files', '--others', '--exclude-standard', '-z').split('\0').filter(Boolean).toSorted()
}

async function compare(
  files: Record<string, string>,
  exclude = '',
): Promise<{ ours: string[]; gits: string[] }> {
  const root = await makeTree(files)
  try {
    execFileSync('git', ['init', '--quiet'], { cwd: root })
    await mkdir(dirname(join(root, '.git/info/exclude')), { recursive: true })
    await writeFile(join(root, '.git/info/exclude'), exclude)
    const { paths } = await readTree(root)
    return { ours: paths.toSorted(), gits: listByGit(root) }
  } finally {
    await rm(root, { recursive: true })
  }
}

const text = 'x = 1\n'

describe('.gitignore is honoured as Git does (S92)', () => {
  const trees: Record<string, Record<string, string>> = {
    'a folder, a name, a pattern': {
      '.gitignore': 'made/\nlocal.py\n*.tmp\n',
      'made/a.py': text,
      'src/local.py': text,
      'src/x.tmp': text,
      'src/b.py': text,
    },
    'anchored and not': {
      '.gitignore': '/only.py\nsrc/a.py\n',
      'only.py': text,
      'src/only.py': text,
      'src/a.py': text,
      'sub/src/a.py': text,
    },
    negation: { '.gitignore': '*.txt\n!keep.txt\n', 'a.txt': text, 'keep.txt': text, 'sub/keep.txt': text },
    'negation below an ignored folder does nothing': {
      '.gitignore': 'made/\n!made/keep.py\n',
      'made/keep.py': text,
      'b.py': text,
    },
    'a nested file takes back what one above says': {
      '.gitignore': '*.py\n',
      'sub/.gitignore': '!*.py\n',
      'a.py': text,
      'sub/b.py': text,
      'sub/in/c.py': text,
    },
    'a nested file takes back a folder': {
      '.gitignore': 'made\n',
      'sub/.gitignore': '!made/\n',
      'made/a.py': text,
      'sub/made/b.py': text,
    },
    'a nested file adds': {
      'sub/.gitignore': '/top.py\nany.py\nin/deep.py\n',
      'top.py': text,
      'sub/top.py': text,
      'sub/in/top.py': text,
      'sub/in/any.py': text,
      'sub/in/deep.py': text,
      'sub/x/in/deep.py': text,
    },
    'lines that end in CR LF': {
      '.gitignore': '# made\r\nmade/\r\n\r\n*.tmp\r\n!keep.tmp\r\n',
      'made/a.py': text,
      'b.tmp': text,
      'keep.tmp': text,
    },
    'a mark at the beginning, blanks at the end, escapes': {
      '.gitignore': '\ufeff*.tmp\nspaced.py   \n\\#hash.py\n\\!bang.py\n',
      'a.tmp': text,
      'spaced.py': text,
      '#hash.py': text,
      '!bang.py': text,
    },
    'folders with brackets in their names': {
      'app/[id]/.gitignore': '/a.py\n',
      'app/[id]/a.py': text,
      'app/i/a.py': text,
      'app/[id]/b/a.py': text,
    },
    stars: {
      '.gitignore': 'logs/**/*.py\n**/gen\ndoc/**\n!doc/keep.md\n',
      'logs/a.py': text,
      'logs/x/y/b.py': text,
      'x/gen/c.py': text,
      'doc/keep.md': text,
      'doc/other.md': text,
    },
    capitals: { '.gitignore': 'Made.py\n', 'Made.py': text, 'sub/made.py': text },
  }
  test.each(Object.entries(trees))('%s', async (_, files) => {
    const { ours, gits } = await compare(files)
    expect(ours).toEqual(gits)
  })

  test('and .git/info/exclude, which .gitignore may take back', async () => {
    const files = { '.gitignore': '!b.tmp\n', 'a.tmp': text, 'b.tmp': text, 'c.py': text }
    const { ours, gits } = await compare(files, '*.tmp\n')
    expect(ours).toEqual(gits)
    expect(ours).toEqual(['.gitignore', 'b.tmp', 'c.py'])
  })

  const name = fc.constantFrom('a', 'b', 'ab', 'x.py', 'y.md', 'b.py')
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join('/')}.txt`)
  const part = fc.constantFrom(
    'a',
    'b',
    'a*',
    '*b',
    '?b',
    '[ab]',
    '*.txt',
    'x.py',
    '*',
    '**',
    '*.py.txt',
    'b.txt',
  )
  const rule = fc
    .tuple(fc.boolean(), fc.boolean(), fc.array(part, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(
      ([negated, top, parts, folder]) =>
        `${negated ? '!' : ''}${top ? '/' : ''}${parts.join('/')}${folder ? '/' : ''}`,
    )
  const rules = fc.array(rule, { minLength: 1, maxLength: 4 })
  const folder = fc.array(fc.constantFrom('a', 'b', 'ab', 'x.py'), { maxLength: 2 })

  test('whatever the rules and wherever they lie', async () => {
    const property = fc.asyncProperty(
      fc.array(path, { minLength: 1, maxLength: 12 }),
      fc.array(fc.tuple(folder, rules), { maxLength: 3 }),
      async (paths, ignores) => {
        const files = Object.fromEntries([
          ...paths.map((path) => [path, text]),
          ...ignores.map(([parts, lines]) => [[...parts, '.gitignore'].join('/'), `${lines.join('\n')}\n`]),
        ]) as Record<string, string>
        const { ours, gits } = await compare(files)
        expect(ours).toEqual(gits)
      },
    )
    await fc.assert(property, { numRuns: 60 })
  })
})

describe('hostile rules', () => {
  test('those that would take too long are passed over, and that is said', async () => {
    const rules = `${'**/a/'.repeat(10)}b\n${'x'.repeat(2000)}\n*.tmp\n`
    const root = await makeTree({ '.gitignore': rules, 'a.tmp': text, [`${'a/'.repeat(29)}c.py`]: text })
    const { paths, code } = await readTree(root)
    await rm(root, { recursive: true })
    expect(paths).toContain(`${'a/'.repeat(29)}c.py`)
    expect(paths).not.toContain('a.tmp')
    expect(code.left_out).toContainEqual({
      path: '.gitignore',
      reason: 'has 2 rules beyond what is understood, and they were passed over',
    })
  })

  test('thousands of rules are cut to a bound', () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `name${index}`).join('\n')
    const { rules, passedOver } = GitRules.none.with(lines, '')
    expect(passedOver).toBe(3000)
    expect([rules.ignores('name1999', false), rules.ignores('name2000', false)]).toEqual([true, false])
    expect(rules.with('more', 'sub').passedOver).toBe(1)
  })
})
