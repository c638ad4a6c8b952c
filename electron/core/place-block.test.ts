import { afterEach, beforeEach, expect, test } from 'vitest'
import { model, note, open, prepare, setUp, start, stateOf, tearDown } from './runs.fixture.ts'

beforeEach(setUp)
afterEach(tearDown)

test('a block is named like another file only by who says that it is a second version', async () => {
  const app = open()
  model.answer = 'File: `x.py`\n```python\nx = 1\n```\n\nAnd this helps:\n\n```python\nimport re\n```\n'
  const id = await start(app, prepare('one', note(1)))
  await app.run.wait({ id })
  const { call, line, hash } = (await stateOf(app, id)).unplaced[0]!
  const block = { id, call, line, hash }
  const refused = { code: 'conflict', message: 'The run has a file x.py already.' }
  for (const path of ['x.py', './x.py'])
    await expect(app.run.place({ ...block, path, only_new: true })).rejects.toMatchObject(refused)
  expect((await stateOf(app, id)).unplaced).toHaveLength(1)
  await app.run.place({ ...block, path: 'x.py' })
  const { files, unplaced } = await stateOf(app, id)
  expect([files['x.py']!.conflict.length, unplaced.length]).toEqual([2, 0])
})
