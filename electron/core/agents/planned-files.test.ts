import { describe, expect, test } from 'vitest'
import type { PlannedFile } from '../../../shared/change.ts'
import { AppError } from '../../../shared/errors.ts'
import { FailedParts } from './failed-parts.ts'
import { writeEach, type WriteFile } from './planned-files.ts'

const file = (path: string, ...needs: string[]): PlannedFile => ({
  path,
  purpose: 'Work.',
  kind: 'implementation',
  needs,
})
const invalid = (message: string) => FailedParts.of(new AppError('invalid', message), 'file b.py')

/** Writes these files, each as it is told; resolves with what was asked for and the failure, if any. */
async function write(files: PlannedFile[], outcomes: Record<string, () => ReturnType<WriteFile>>) {
  const asked: string[] = []
  const failure = await writeEach(files, async (one) => {
    asked.push(one.path)
    return outcomes[one.path]?.() ?? null
  }).then(
    () => null,
    (error: unknown) => error as FailedParts,
  )
  return { asked, failure }
}

test('every file is written, in the order of the plan', async () => {
  expect(await write([file('a.py'), file('b.py', 'a.py')], {})).toEqual({
    asked: ['a.py', 'b.py'],
    failure: null,
  })
  expect(await write([], {})).toEqual({ asked: [], failure: null })
})

describe('a file that cannot be made', () => {
  const cut = async () => ({ problem: 'It was cut off.', part: 'file a.py' })

  test('stops none of the others, and is named with its question (S87)', async () => {
    const { asked, failure } = await write([file('a.py'), file('b.py'), file('c.py')], { 'a.py': cut })
    expect(asked).toEqual(['a.py', 'b.py', 'c.py'])
    expect(failure).toBeInstanceOf(FailedParts)
    expect(failure!.cause).toMatchObject({
      code: 'invalid',
      message: '1 of 3 files could not be made. a.py: It was cut off.',
      hint: expect.stringContaining('paddock resume'),
    })
    expect(failure!.parts).toEqual(['file a.py'])
  })

  test('those that need it are not asked for, nor those that need them', async () => {
    const { asked, failure } = await write(
      [file('a.py'), file('b.py', 'a.py'), file('c.py', 'b.py'), file('d.py')],
      { 'a.py': cut },
    )
    expect(asked).toEqual(['a.py', 'd.py'])
    expect(failure!.cause.message).toBe(
      '3 of 4 files could not be made. a.py: It was cut off. b.py: It needs a.py. c.py: It needs b.py.',
    )
    expect(failure!.parts).toEqual(['file a.py'])
  })

  test('a refused prompt counts as such', async () => {
    const { asked, failure } = await write([file('a.py'), file('b.py'), file('c.py')], {
      'a.py': cut,
      'b.py': () => Promise.reject(invalid('Too long.')),
    })
    expect(asked).toHaveLength(3)
    expect(failure!.parts).toEqual(['file a.py', 'file b.py'])
  })
})

test('a server that is gone stops all, and what failed before it is remembered', async () => {
  const gone = FailedParts.of(
    new AppError('unavailable', 'No server answers.', { hint: 'Start it.' }),
    'file b.py',
  )
  const { asked, failure } = await write([file('a.py'), file('b.py'), file('c.py')], {
    'a.py': async () => ({ problem: 'No.', part: 'file a.py' }),
    'b.py': () => Promise.reject(gone),
  })
  expect(asked).toEqual(['a.py', 'b.py'])
  expect(failure!.cause).toMatchObject({ code: 'unavailable', hint: 'Start it.' })
  expect(failure!.parts).toEqual(['file a.py', 'file b.py'])
})
