import { posix, win32 } from 'node:path'
import fastCheck from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../shared/errors.ts'
import { checkPath, foldName } from './path-rules.ts'

function errorOf(path: string): AppError | null {
  try {
    checkPath(path)
    return null
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

function accepted(paths: readonly string[]): string[] {
  return paths.filter((path) => errorOf(path)?.code !== 'invalid')
}

function character(code: number): string {
  return String.fromCodePoint(code)
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

function atThreePositions(text: string): string[] {
  return [`${text}name.ts`, `src/na${text}me.ts`, `src/name.ts${text}`]
}

describe('ordinary paths', () => {
  test.each([
    ['src/main.ts', 'src/main.ts'],
    ['./src//b/./c.ts', 'src/b/c.ts'],
    ['src\\windows\\way.ts', 'src/windows/way.ts'],
    ['.gitignore', '.gitignore'],
    ['.github/workflows/ci.yml', '.github/workflows/ci.yml'],
    ['docs/100%.md', 'docs/100%.md'],
    ['app/(group)/[id]/$key+@x=1,2.tsx', 'app/(group)/[id]/$key+@x=1,2.tsx'],
    ['日本語/説明 書.md', '日本語/説明 書.md'],
    ['emoji/🎉.md', 'emoji/🎉.md'],
    ['cafe\u0301.txt', 'caf\u00e9.txt'],
    ['console.ts', 'console.ts'],
    ['nullable.ts', 'nullable.ts'],
    ['com10.ts', 'com10.ts'],
    ['a..b/c...d.ts', 'a..b/c...d.ts'],
    ['backup~', 'backup~'],
    ['digit.ts', 'digit.ts'],
  ])('%j becomes %j', (path, normal) => {
    expect(checkPath(path)).toBe(normal)
  })
})

describe('refused paths', () => {
  test('empty and folder-only names', () => {
    expect(accepted(['', '.', './', './.', 'src/', 'src\\', 'src/.//'])).toEqual([])
  })

  test('Windows device names in 8 forms (P3)', () => {
    const digits = [...'0123456789', '\u00b9', '\u00b2', '\u00b3']
    const names = [
      ...['CON', 'PRN', 'AUX', 'NUL', 'CONIN$', 'CONOUT$', 'CLOCK$'],
      ...digits.flatMap((digit) => [`COM${digit}`, `LPT${digit}`]),
    ]
    const paths = names.flatMap((name) => [
      name,
      `src/${name}.txt`,
      `${name}.tar.gz`,
      `${name}.`,
      `${name} .txt`,
      `src/${name.toLowerCase()}/main.ts`,
      `${name}:stream`,
      `\\\\.\\${name}`,
    ])
    expect(paths).toHaveLength(264)
    expect(accepted(paths)).toEqual([])
  })

  test('traversal in 24 spellings, 8 depths and 3 positions (P4) (S105)', () => {
    const steps = [
      ...['../', '..\\', './../', '.././', '..//', '..\\/', '%2e%2e/', '%2E%2E%2F', '..%2f', '..%5c'],
      ...['%252e%252e/', '%252e%252e%252f', '%c0%ae%c0%ae/', '%u002e%u002e/', '....//', '.../', '.. /'],
      ...['\uff0e\uff0e/', '..\uff0f', '..\uff3c', '\u2025/', '..\u2215', '..\u2044', '\ufffd\ufffd/'],
    ]
    const paths = steps.flatMap((step) =>
      range(1, 8).flatMap((depth) => {
        const climb = step.repeat(depth)
        return [`${climb}etc/passwd`, `src/${climb}${climb}etc/passwd`, `src/main/${climb}x`]
      }),
    )
    expect(paths).toHaveLength(576)
    expect(accepted(paths)).toEqual([])
  })

  test('absolute paths, drives, UNC, home folders and schemes (P2, P4) (S105)', () => {
    const starts = [
      ...['/', '//', '///', '\\', '\\\\', '/./', '\\\\server\\share\\', '//server/share/', '\\\\?\\C:\\'],
      ...['\\\\.\\', '\\??\\', '//?/UNC/server/', 'C:', 'c:', 'C:\\', 'C:/', 'z:/', './C:/', '~', '~/'],
      ...[
        '~root/',
        '~\\',
        './~/',
        'file:',
        'file://',
        'file:///',
        'FILE:/',
        'http://host/',
        'data:,',
        'a:b:',
      ],
      ...['\uff0f', '\uff3c', 'C\uff1a\\..\\', '\uff5e/', 'vscode://', 'jar:file:'],
    ]
    expect(accepted(starts.flatMap((start) => [`${start}etc/passwd`, `${start}x`]))).toEqual([])
  })

  test('characters that cannot be seen, at 3 positions (P5)', () => {
    const bidi = [0x061c, ...range(0x200e, 0x200f), ...range(0x202a, 0x202e), ...range(0x2066, 0x2069)]
    const controls = [...range(0x00, 0x1f), ...range(0x7f, 0x9f)]
    const invisible = [
      ...[0x00ad, 0x034f, 0x115f, 0x1160, 0x17b4, 0x180e, 0x3164, 0xfeff, 0xffa0, 0xfe0f, 0x2800, 0xe0041],
      ...range(0x200b, 0x200d),
      ...range(0x2060, 0x2064),
      ...range(0x206a, 0x206f),
    ]
    const blanks = [0x00a0, 0x1680, ...range(0x2000, 0x200a), 0x2028, 0x2029, 0x202f, 0x205f, 0x3000]
    const others = [0xd800, 0xdfff, 0xe000, 0xf05c, 0xfffd, 0xfffe, 0xffff, 0x10ffff]
    const codes = [...bidi, ...controls, ...invisible, ...blanks, ...others]
    const paths = codes.flatMap((code) => atThreePositions(character(code)))
    expect(paths.length).toBeGreaterThan(258)
    expect(accepted(paths)).toEqual([])
  })

  test('characters that Windows does not allow, and trailing dots and spaces', () => {
    const forbidden = [...'<>:"|?*'].flatMap(atThreePositions)
    const ends = ['.', ' ', '..', '. ', ' .', '  '].flatMap((end) => [
      `a${end}`,
      `a${end}/b.ts`,
      `x/a.ts${end}`,
    ])
    const streams = ['a.ts:x', 'a.ts::$DATA', 'a:$I30:$INDEX_ALLOCATION/b.ts']
    expect(accepted([...forbidden, ...ends, ...streams])).toEqual([])
  })

  test('every spelling of .git (P6)', () => {
    const ignorable = [...range(0x200c, 0x200f), ...range(0x202a, 0x202e), ...range(0x206a, 0x206f), 0xfeff]
    const spellings = [
      ...ignorable.flatMap((code) => [`.g${character(code)}it`, `${character(code)}.git`]),
      ...['.git', '.GIT', '.Git', '.gIT', '.GiT', '.giT', '.g\u0131t', '.\uff47\uff49\uff54', '\uff0egit'],
      ...[
        'git~1',
        'GIT~1',
        'Git~2',
        'gi~1',
        '.git.',
        '.git ',
        '.git. .',
        '.git...',
        '.git::$INDEX_ALLOCATION',
      ],
      ...['.git:$I30:$INDEX_ALLOCATION', '.git::$DATA', '%2egit', '.git\\', './.git', '.\\.git'],
    ]
    const paths = spellings.flatMap((name) => [name, `${name}/config`, `lib\\${name}/hooks/pre-commit`])
    expect(paths.length).toBeGreaterThan(96)
    expect(accepted(paths)).toEqual([])
  })

  test('short names that stand for other files', () => {
    expect(accepted(['PACKAG~1.JSO', 'src/claude~1.md', 'GITMOD~1', 'a~12.ts'])).toEqual([])
  })
})

describe('limits (P8)', () => {
  const deep = (depth: number) => Array.from({ length: depth }, () => 'd').join('/')
  const long = (bytes: number) => `${'x'.repeat(200)}/`.repeat(6).slice(0, bytes)

  test.each([
    ['a part of 255 bytes', 'x'.repeat(255), 'x'.repeat(256)],
    ['a part of 255 bytes in UTF-8', 'é'.repeat(127), 'é'.repeat(128)],
    ['a depth of 32', deep(32), deep(33)],
    ['a length of 1024 bytes', long(1024), long(1025)],
    ['a length of 1024 bytes in UTF-8', long(1022) + 'é', long(1023) + 'é'],
  ])('%s is allowed, one more is not', (_, last, first) => {
    expect(errorOf(last)).toBeNull()
    expect(errorOf(first)?.code).toBe('invalid')
  })

  test('a hostile length is refused at once, in a short message', () => {
    const error = errorOf('../'.repeat(10_000_000))
    expect(error?.code).toBe('invalid')
    expect(error?.message.length).toBeLessThan(200)
  })
})

describe('names that are the same to some file system (P5)', () => {
  const letters = [...'àéîõüçñåžŝǩůḧẅỹ', '가', '각', 'が', 'ぱ', 'й']

  test('composed and decomposed spellings have one normal form', () => {
    expect(letters).toHaveLength(20)
    const different = letters.filter(
      (letter) => checkPath(`${letter.normalize('NFD')}.ts`) !== checkPath(`${letter.normalize('NFC')}.ts`),
    )
    expect(different).toEqual([])
  })

  test('20 case variants fold to one name', () => {
    const pairs = [
      ...[...'aékωжßåǆ'].map((letter) => [letter, letter.toUpperCase()] as const),
      ...(['\u212a/k', '\u017f/S', '\ufb01/FI', '\u0131/I', '\u01c5/\u01c4', '\u212b/\u00e5'] as const).map(
        (pair) => pair.split('/') as [string, string],
      ),
      ...(['\uff21/a', '\u00b9/1', '\u24b6/a', '\u2160/i', '\u1e9e/ss', '\u03c2/\u03a3'] as const).map(
        (pair) => pair.split('/') as [string, string],
      ),
    ]
    expect(pairs).toHaveLength(20)
    expect(pairs.filter(([one, other]) => foldName(one) !== foldName(other))).toEqual([])
  })
})

describe('any text whatever (S105, S106)', () => {
  const parts = [
    '..',
    '.',
    '/',
    '\\',
    '~',
    ':',
    'C:',
    '%2e',
    '\uff0e',
    '\u2215',
    '\u202e',
    '.git',
    'CON',
    ' ',
    'a',
  ]
  const hostile = fastCheck.array(
    fastCheck.oneof(fastCheck.constantFrom(...parts), fastCheck.string({ unit: 'binary' })),
    { maxLength: 12 },
  )

  test('is refused in safe words, or has a normal form that stays inside on every system', () => {
    fastCheck.assert(
      fastCheck.property(hostile, (pieces) => {
        const path = pieces.join('')
        const error = errorOf(path)
        if (error) {
          expect(error.code).toBe('invalid')
          expect(error.hint).toBeTruthy()
          expect(error.message).not.toMatch(/[\p{C}\p{Default_Ignorable_Code_Point}]/u)
          return
        }
        const normal = checkPath(path)
        expect(checkPath(normal)).toBe(normal)
        expect(posix.resolve('/root', normal)).toBe(`/root/${normal}`)
        expect(win32.resolve('C:\\root', normal)).toBe(`C:\\root\\${normal.replaceAll('/', '\\')}`)
      }),
      { numRuns: 5_000 },
    )
  })
})
