import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPlausiblePath } from './plausible-path.ts'

describe('isPlausiblePath', () => {
  test.each([
    'app.py',
    'src/app.py',
    'src/pkg/__init__.py',
    'index.html',
    'src/types/x.d.ts',
    'app/[id]/page.tsx',
    'app/(auth)/[...slug].tsx',
    'src/routes/+page.svelte',
    'src/routes/$id.tsx',
    'packages/@scope/a.ts',
    'Dockerfile',
    'Dockerfile.dev',
    'docker/Dockerfile',
    'Makefile',
    'LICENSE',
    'README',
    'Procfile',
    '.gitignore',
    '.dockerignore',
    '.env',
    '.env.example',
    '.env.dev',
    '.github/workflows/ci.yml',
    '.eslintrc.json',
    'config/settings.py.example',
    'nginx.conf.j2',
    'CMakeLists.txt',
    'requirements.txt',
    'go.mod',
    'data/model.unusual',
    'docs/übersicht.md',
    'src/文件.py',
    'setup.cfg',
    'next.config.js',
  ])('takes %s', (path) => {
    expect(isPlausiblePath(path)).toEqual({ ok: true, path })
  })

  test.each([
    ['./src/app.py', 'src/app.py'],
    ['././app.py', 'app.py'],
    ['src\\app.py', 'src/app.py'],
  ])('brings %s into normal form', (text, path) => {
    expect(isPlausiblePath(text)).toEqual({ ok: true, path })
  })

  test.each([
    ['', 'empty'],
    ['Authorization: Bearer <your_token>', 'header line'],
    ['Content-Type: application/json', 'header line'],
    ['https://example.com/app.py', 'web address'],
    ['www.example.com/a.html', 'web address'],
    ['github.com/someone/project/main.go', 'web address'],
    ['example.com', 'web address'],
    ['$ python main.py', 'command'],
    ['pytest tests/test_app.py -v', 'command'],
    ['python main.py', 'command or a sentence'],
    ['src / app.py', 'space'],
    ['the file app.py', 'sentence'],
    ['../../etc/passwd', 'leads out'],
    ['src/../../x.py', 'leads out'],
    ['/etc/hosts.txt', 'absolute'],
    ['~/notes.txt', 'home folder'],
    ['C:\\temp\\x.py', 'no path has'],
    ['<path>/app.py', 'placeholder'],
    ['src/{name}.py', 'placeholder'],
    ['FILENAME', 'placeholder'],
    ['filename.py', 'placeholder'],
    ['your_file.py', 'placeholder'],
    ['path/to/file.py', "prompt's example"],
    ['src/path/to/x.py', "prompt's example"],
    ['file.ext', 'no real extension'],
    ['src/.../app.py', 'leaves a part out'],
    ['src/*.py', 'no path has'],
    ['app.py:12', 'no path has'],
    ['tests/test_a.py::test_x', 'no path has'],
    ['12:40:src/app.ts', 'no path has'],
    ['$HOME/app.py', 'variable'],
    ['--output.txt', 'option'],
    ['Node.js', 'something else'],
    ['console.log', 'something else'],
    ['os.path', 'not known'],
    ['app.run', 'not known'],
    ['os.path.join()', 'call'],
    ['and/or', 'no extension'],
    ['src/', 'folder'],
    ['README.', 'ends in a dot'],
    ['python3.11', 'no real extension'],
    ['v1.2.3', 'no real extension'],
    ['.py', 'no extension'],
    ['assets/logo.png', 'not a text file'],
    ['application/json', 'no extension'],
    ['con.txt', 'device'],
    [`${'a'.repeat(400)}.py`, 'too long'],
  ])('refuses %s', (text, why) => {
    const verdict = isPlausiblePath(text)
    expect(verdict).toEqual({ ok: false, reason: expect.stringContaining(why) })
  })

  test.each([
    ['app.js', 'python'],
    ['app.py', 'javascript'],
    ['requirements.txt', 'bash'],
    ['Dockerfile', 'bash'],
    ['app.py', 'diff'],
    ['app.py', 'console'],
    ['out/result.unusual', 'console'],
    ['README.md', 'python'],
    ['LICENSE', 'python'],
  ])('refuses %s in a block of %s', (path, language) => {
    expect(isPlausiblePath(path, language)).toEqual({
      ok: false,
      reason: `"${path}" is not a file in ${language}.`,
    })
  })

  test.each([
    ['app.py', 'Python'],
    ['app.tsx', 'typescript'],
    ['package.json', 'js'],
    ['.env.example', 'bash'],
    ['Dockerfile', 'docker'],
    ['Dockerfile.dev', 'dockerfile'],
    ['include/a.h', 'cpp'],
    ['CMakeLists.txt', 'cmake'],
    ['app.py', 'text'],
    ['app.py', 'some-new-language'],
    ['data/model.unusual', 'python'],
    ['app.py', null],
  ])('takes %s in a block of %s', (path, language) => {
    expect(isPlausiblePath(path, language)).toEqual({ ok: true, path })
  })

  test('never throws, and what it takes it takes again as it is', () => {
    const parts = fc.constantFrom(
      'a',
      '.py',
      '/',
      '..',
      '.',
      ' ',
      ':',
      '<',
      '\\',
      '~',
      'Dockerfile',
      '\u0000',
      'é',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(parts, { maxLength: 12 }).map((list) => list.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const verdict = isPlausiblePath(text)
        if (verdict.ok) expect(isPlausiblePath(verdict.path)).toEqual(verdict)
        else expect(verdict.reason).toMatch(/\.$/)
      }),
      { numRuns: 500 },
    )
  })
})
