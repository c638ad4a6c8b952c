import { describe, expect, test } from 'vitest'
import { path, runSmall, whole } from './fixtures/small-run.ts'

describe.concurrent('paths in answers (S88)', () => {
  const outside = [
    '../outside.py',
    '/etc/outside.py',
    'a/../../outside.py',
    'C:\\outside.py',
    'con.py',
    '.git/hooks/pre-commit',
    'a\\..\\..\\outside.py',
  ]
  test.each(outside)('%s is given no place', async (name) => {
    const run = await runSmall({ say: () => whole.replace(path, name) })
    expect(run.result.files.filter(({ written }) => written)).toEqual([])
    expect(run.workspace).toEqual({})
    const { unplaced, files } = run.result
    // Kept for a person, with the reason: as a block without a name, or as a file that is held back.
    const reasons = [...unplaced.map(({ reason }) => reason), ...files.map(({ held }) => held)]
    expect(reasons).toEqual([expect.stringMatching(/\w/)])
  })

  test('folders are made for a path that is sound', async () => {
    const deep = 'one/two/three/four/hello.py'
    const run = await runSmall({ say: () => whole.replace(path, deep) })
    expect([Object.keys(run.workspace), run.result.status]).toEqual([[deep], 'completed'])
  })
})
