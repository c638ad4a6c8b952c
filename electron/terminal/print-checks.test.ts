import { expect, test } from 'vitest'
import { checkLines } from './print-checks.ts'

const command = `llama-server ${'--flag value '.repeat(12)}`.trim()

test('each check has its line, what to do below it, and a command that can be copied whole (S89)', () => {
  const lines = checkLines(
    [
      { name: 'Node.js', state: 'ok', message: 'v24' },
      {
        name: 'Model server',
        state: 'problem',
        message: 'No server\u001b[2J answers.',
        hint: `Start it:\n${command}`,
      },
      {
        name: 'Memory',
        state: 'warning',
        message: '1.0 GB free',
        hint: 'Close other programs, or take a smaller model.',
      },
    ],
    60,
  )
  expect(lines).toEqual([
    'ok       Node.js       v24',
    'problem  Model server  No server [2J answers.',
    '                       Start it:',
    `  ${command}`,
    'warning  Memory        1.0 GB free',
    '                       Close other programs, or take a',
    '                       smaller model.',
    '',
    expect.stringMatching(/^Runs on a model fail until the problems are solved;/),
    expect.any(String),
  ])
})

test('the last line says whether runs will work', () => {
  const name = 'Memory'
  expect(checkLines([{ name, state: 'ok', message: '' }], 80).at(-1)).toBe('All is well.')
  expect(checkLines([{ name, state: 'warning', message: '', hint: 'x' }], 80).at(-1)).toMatch(
    /^Runs will work/,
  )
})
