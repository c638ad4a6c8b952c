import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { skips } from '../../e2e/fixtures/skip.ts'
import type { OpenedDocuments } from '../../shared/host.ts'
import { createInbox, documentsIn, givenBy, readDocuments } from './open-documents.ts'

let folder: string
const at = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paddock-opened-'))
  await writeFile(at('a.md'), 'A')
  await writeFile(at('b.md'), 'B')
})
afterAll(() => rm(folder, { recursive: true }))

test('arguments without options are documents, from where the program was started', () => {
  const args = ['a.md', '--flag', '-psn_0_1', '', '/b.md', '../c.md']
  expect(documentsIn(args, '/home/me')).toEqual(['/home/me/a.md', '/b.md', '/home/c.md'])
})

test.each([
  ['file:///home/me/my%20notes.md', '/home/me/my notes.md'],
  ['file:/home/me/a.md', '/home/me/a.md'],
  ['file://other-machine/a.md', '/here/file:/other-machine/a.md'],
  ['https://example.com/a.md', '/here/https:/example.com/a.md'],
])('a desktop may say %s', (arg, path) => {
  expect(documentsIn([arg], '/here')).toEqual([path])
})

test.each([
  [undefined, []],
  [null, []],
  ['x', []],
  [{ documents: 'x' }, []],
  [{ documents: ['/a', 1, null, '/b'] }, ['/a', '/b']],
])('what a second instance says: %j', (data, documents) => {
  expect(givenBy(data)).toEqual(documents)
})

describe('reading', () => {
  test('an empty document, a link to one, and one at the limit are read: judging them is for later', async () => {
    await writeFile(at('empty.md'), '')
    await symlink(at('a.md'), at('link.md'))
    await writeFile(at('limit.md'), '')
    await truncate(at('limit.md'), 10 * 2 ** 20)
    const { documents, problems } = await readDocuments([at('empty.md'), at('link.md'), at('limit.md')])
    expect(problems).toEqual([])
    expect(documents.map(({ name, base64 }) => [name, base64.length])).toEqual([
      ['empty.md', 0],
      ['link.md', 4],
      ['limit.md', 13_981_016],
    ])
  })

  test.skipIf(skips(process.platform === 'win32', 'a pipe without a writer, as this is Windows'))(
    'a pipe without a writer holds nothing up',
    async () => {
      execFileSync('mkfifo', [at('pipe')])
      expect(await readDocuments([at('pipe'), at('a.md')])).toMatchObject({
        documents: [{ name: 'a.md' }],
        problems: ['"pipe" was not added: it is a pipe. Open the document itself.'],
      })
    },
  )

  test('more than fifty are too many at once', async () => {
    const { documents, problems } = await readDocuments(Array.from({ length: 53 }, () => at('a.md')))
    expect(documents).toHaveLength(50)
    expect(problems).toEqual(['3 documents were not added: at most 50 are taken at once.'])
  })
})

describe('the inbox', () => {
  const follow = () => {
    const told: string[][] = []
    const inbox = createInbox(
      ({ documents }: OpenedDocuments) => void told.push(documents.map(({ name }) => name)),
    )
    return { told, inbox }
  }

  test('keeps documents until the page listens, in their order, and tells them once', async () => {
    const { told, inbox } = follow()
    await inbox.add([at('a.md')])
    await inbox.add([at('b.md')])
    expect(told).toEqual([])
    inbox.pageListens()
    inbox.pageListens()
    expect(told).toEqual([['a.md'], ['b.md']])
  })

  test('loses nothing that is being read while the page begins to listen', async () => {
    const { told, inbox } = follow()
    const reading = inbox.add([at('a.md')])
    inbox.pageListens()
    await reading
    expect(told).toEqual([['a.md']])
  })

  test('keeps for the next page what comes when there is none', async () => {
    const { told, inbox } = follow()
    inbox.pageListens()
    inbox.pageEnds()
    await inbox.add([at('a.md')])
    expect(told).toEqual([])
    inbox.pageListens()
    expect(told).toEqual([['a.md']])
  })

  test('says nothing of nothing', async () => {
    const { told, inbox } = follow()
    inbox.pageListens()
    await inbox.add([])
    expect(told).toEqual([])
  })
})
