import { expect, test } from 'vitest'
import { sharedAnswer } from './shared-answer.ts'

/** Work that ends when it is told to. */
function createWork() {
  const begun: { signal: AbortSignal; end: (value: number) => void; fail: (error: Error) => void }[] = []
  const ask = sharedAnswer(
    (signal) => new Promise<number>((resolve, reject) => begun.push({ signal, end: resolve, fail: reject })),
  )
  return { begun, ask }
}
const { signal: never } = new AbortController()

test('those who ask at the same time share one answer; who asks later gets a new one', async () => {
  const { begun, ask } = createWork()
  const both = Promise.all([ask(never), ask(never)])
  begun[0]!.end(1)
  expect(await both).toEqual([1, 1])
  const later = ask(never)
  expect(begun).toHaveLength(2)
  begun[1]!.end(2)
  expect(await later).toBe(2)
})

test('a fault is shared as well, and not kept', async () => {
  const { begun, ask } = createWork()
  const both = Promise.allSettled([ask(never), ask(never)])
  begun[0]!.fail(new Error('gone'))
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const later = ask(never)
  begun[1]!.end(2)
  expect(await later).toBe(2)
})

test('one who leaves takes nothing from the others; the last one ends the work', async () => {
  const { begun, ask } = createWork()
  const [first, second] = [new AbortController(), new AbortController()]
  const answers = [ask(first.signal), ask(second.signal)]
  first.abort()
  await expect(answers[0]).rejects.toMatchObject({ code: 'cancelled' })
  expect(begun[0]!.signal.aborted).toBe(false)
  second.abort()
  await expect(answers[1]).rejects.toMatchObject({ code: 'cancelled' })
  expect(begun[0]!.signal.aborted).toBe(true)
  const later = ask(never)
  expect(begun).toHaveLength(2)
  begun[1]!.end(3)
  expect(await later).toBe(3)
})

test('who has left already does not ask', async () => {
  const { begun, ask } = createWork()
  await expect(ask(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
  expect(begun).toEqual([])
})
