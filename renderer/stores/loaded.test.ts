import { expect, test } from 'vitest'
import { createReader, notLoaded, type Loaded } from './loaded.ts'

test('what was asked last counts, whichever answer comes last', async () => {
  let shown: Loaded<string> = notLoaded
  const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
  let asked = 0
  const read = createReader<string>(
    () => shown,
    () => answers[asked++]!.promise,
    (loaded) => (shown = loaded),
  )
  const both = [read(), read()]
  answers[1]!.resolve('as it is now')
  await both[1]
  answers[0]!.resolve('as it was before')
  await both[0]
  expect(shown).toEqual({ state: 'ready', value: 'as it is now', error: null })
})
