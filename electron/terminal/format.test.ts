import { describe, expect, test } from 'vitest'
import { errorText, printable, printableText, tableLines, wrap } from './format.ts'
import { jsonOf } from './print.ts'
import { asTyped } from './program-name.ts'

const hostile = 'a\u001b[2Jb\u009b31mc\u202egnp.exe\u0007\u2028d'

describe('what a model wrote cannot steer a terminal', () => {
  test('as one line', () => {
    expect(printable(`  ${hostile}\nnext\r\ttab `)).toBe('a [2Jb 31mc gnp.exe d next tab')
  })

  test('as a text, whose lines and tabs stay', () => {
    expect(printableText(`one\u001b]0;x\u0007\r\n\ttwo\rthree\n`)).toBe('one ]0;x \n\ttwo three\n')
  })

  test('as JSON, from which it can be read back', () => {
    const json = jsonOf({ hostile })
    expect(json).toMatch(/^[\x20-\x7e]*$/)
    expect(JSON.parse(json)).toEqual({ hostile })
  })
})

describe('lines of a width', () => {
  test('break between words and never within one', () => {
    const lines = wrap('There is no program llama-server on the search path of this machine.', 30)
    expect(lines).toEqual(['There is no program', 'llama-server on the search', 'path of this machine.'])
    expect(wrap('/a/very/long/path/that/has/no/blank', 20)).toEqual(['/a/very/long/path/that/has/no/blank'])
  })

  test('of a table stay in their column', () => {
    const rows = [
      ['ok', 'Node.js', 'v24'],
      ['problem', 'Model server', 'No server answers at that address.'],
    ]
    expect(tableLines(rows, 45)).toEqual([
      'ok       Node.js       v24',
      'problem  Model server  No server answers at',
      '                       that address.',
    ])
    expect(tableLines(rows, Infinity)).toHaveLength(2)
  })
})

describe('commands are named as they are typed here', () => {
  test('in a clone through npx, and never twice', () => {
    const text = 'Look at it: paddock show 1; `paddock resume`, npx paddock list'
    expect(asTyped(text, 'npx paddock')).toBe(
      'Look at it: npx paddock show 1; `npx paddock resume`, npx paddock list',
    )
    expect(asTyped(text, 'paddock')).toBe(text)
  })

  test('but not in paths, in names or in other words', () => {
    const text =
      '/home/paddock run, my-paddock list, paddock runs, Paddock run, .paddock/config.yaml, paddock is'
    expect(asTyped(text, 'npx paddock')).toBe(text)
  })
})

test('an error says what happened and below it what to do; a list of problems stays one', () => {
  expect(errorText({ message: 'Bad:\n  one\n  two\u001b', hint: 'Mend it.' })).toBe(
    'Bad:\n  one\n  two\n  Mend it.',
  )
})
