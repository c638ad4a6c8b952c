import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { skipBecause } from '../../e2e/fixtures/skip.ts'
import { RunId } from '../../shared/contract.ts'
import { Settings } from '../../shared/settings.ts'
import { backUpOutputs, keepBackup } from './backups.ts'
import { openLog } from './log/log.ts'
import { createRunId } from './run-input.ts'

let place: string
let workspace: string
let folder: string
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'paddock-backups-')))
  workspace = join(place, 'workspace')
  folder = join(place, 'data', 'backups')
  mkdirSync(workspace)
})
afterEach(() => rmSync(place, { recursive: true }))

const idOf = (day: number) => `202601${String(day).padStart(2, '0')}-000000-abcdef`
const run = idOf(1)
const back = (keep = 10, id = run) => backUpOutputs({ from: workspace, run: id, folder, keep })

function put(path: string, text: string): void {
  mkdirSync(dirname(join(workspace, path)), { recursive: true })
  writeFileSync(join(workspace, path), text)
}
/** What a run leaves in its workspace. */
function putOutputs(id: string, text = id): void {
  put(`output/workflow_${id}.json`, `{"id":"${text}"}`)
  put(`output/workflow_summary_${id}.md`, `# ${text}`)
  put(`output/generated/${id}/.gitignore`, '*\n')
  put(`output/generated/${id}/merged/src/app.py`, `print("${text}")`)
  put(`output/generated/${id}/by-agent/dev_001/src/app.py`, `print("${text}")`)
}
const filesOf = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort()

describe('the outputs of a run (S119)', () => {
  test('are copied whole, and nothing else is', async () => {
    putOutputs(run)
    putOutputs(idOf(2))
    put('src/app.py', 'the own file')
    await back()
    const backup = join(folder, run)
    expect(filesOf(backup)).toEqual([
      '.paddock-backup',
      `output/generated/${run}/.gitignore`,
      `output/generated/${run}/by-agent/dev_001/src/app.py`,
      `output/generated/${run}/merged/src/app.py`,
      `output/workflow_${run}.json`,
      `output/workflow_summary_${run}.md`,
    ])
    for (const name of filesOf(backup).slice(1))
      expect(readFileSync(join(backup, name))).toEqual(readFileSync(join(workspace, name)))
    expect(readdirSync(folder)).toEqual([run])
  })

  test('are copied of a run that exported nothing', async () => {
    put(`output/workflow_${run}.json`, '{}')
    put(`output/workflow_summary_${run}.md`, '#')
    await back()
    expect(filesOf(join(folder, run))).toHaveLength(3)
  })

  test('of a run that went on take the place of those before', async () => {
    putOutputs(run, 'first')
    await back()
    putOutputs(run, 'second')
    rmSync(join(workspace, 'output/generated'), { recursive: true })
    await back()
    expect(filesOf(join(folder, run))).toHaveLength(3)
    expect(readFileSync(join(folder, run, `output/workflow_${run}.json`), 'utf8')).toContain('second')
    expect(readdirSync(folder)).toEqual([run])
  })

  test('are not copied where none are kept', async () => {
    putOutputs(run)
    await back(0)
    expect(existsSync(folder)).toBe(false)
  })
})

describe('the newest are kept (S119)', () => {
  test('and the oldest go, whatever the order in which they came', async () => {
    for (const day of [3, 1, 5, 2, 4]) {
      putOutputs(idOf(day))
      await back(3, idOf(day))
    }
    expect(readdirSync(folder).sort()).toEqual([3, 4, 5].map(idOf))
  })

  test('of runs that began within one second, too', async () => {
    const ids = [5, 40, 100, 999].map((ms) => createRunId(new Date(Date.UTC(2026, 0, 1) + ms)))
    expect(ids.every((id) => RunId.safeParse(id).success)).toBe(true)
    for (const id of [ids[3]!, ids[0]!, ids[2]!, ids[1]!]) {
      putOutputs(id)
      await back(2, id)
    }
    expect(readdirSync(folder).sort()).toEqual(ids.slice(2))
  })

  test('nothing is removed that is not ours', async () => {
    mkdirSync(join(folder, idOf(1)), { recursive: true })
    writeFileSync(join(folder, idOf(1), 'letter.txt'), 'of a person')
    mkdirSync(join(folder, 'notes'))
    writeFileSync(join(folder, 'notes', '.paddock-backup'), '')
    writeFileSync(join(folder, idOf(2)), 'a file of that name')
    mkdirSync(join(place, 'elsewhere'))
    writeFileSync(join(place, 'elsewhere', '.paddock-backup'), '')
    symlinkSync(join(place, 'elsewhere'), join(folder, idOf(3)))
    mkdirSync(join(folder, idOf(4)))
    symlinkSync(join(place, 'elsewhere', '.paddock-backup'), join(folder, idOf(4), '.paddock-backup'))
    for (const day of [11, 12]) {
      putOutputs(idOf(day))
      await back(1, idOf(day))
    }
    expect(readdirSync(folder).sort()).toEqual([...[1, 2, 3, 4, 12].map(idOf), 'notes'].sort())
    expect(filesOf(join(place, 'elsewhere'))).toEqual(['.paddock-backup'])
  })

  test('what a crash has left goes after a day', async () => {
    mkdirSync(join(folder, '.paddock-backup-abc123', 'output'), { recursive: true })
    mkdirSync(join(folder, '.paddock-backup-def456-old'))
    mkdirSync(join(folder, '.paddock-backup-ghi789'))
    const old = new Date(Date.now() - 2 * 86_400_000)
    for (const name of ['.paddock-backup-abc123', '.paddock-backup-def456-old'])
      utimesSync(join(folder, name), old, old)
    putOutputs(run)
    await back()
    expect(readdirSync(folder).sort()).toEqual(['.paddock-backup-ghi789', run])
  })

  test('two processes that end at once keep both', async () => {
    putOutputs(idOf(1))
    putOutputs(idOf(2))
    await Promise.all([back(2, idOf(1)), back(2, idOf(2))])
    expect(readdirSync(folder).sort()).toEqual([idOf(1), idOf(2)])
  })
})

describe('no link is followed', () => {
  const secret = () => {
    mkdirSync(join(place, 'secret'))
    writeFileSync(join(place, 'secret', 'key.txt'), 'canary')
    return join(place, 'secret')
  }
  const copied = () =>
    existsSync(folder) ? filesOf(folder).map((name) => readFileSync(join(folder, name), 'utf8')) : []

  test.each<[string, (target: string) => void]>([
    [
      'a file below',
      (target) =>
        symlinkSync(join(target, 'key.txt'), join(workspace, `output/generated/${run}/merged/x.txt`)),
    ],
    ['a folder below', (target) => symlinkSync(target, join(workspace, `output/generated/${run}/merged/x`))],
  ])('%s is left out', async (_, link) => {
    putOutputs(run)
    link(secret())
    await back()
    expect(filesOf(join(folder, run))).toHaveLength(6)
    expect(copied().join()).not.toContain('canary')
  })

  test.each([
    ['the result', `output/workflow_${run}.json`],
    ['the folder of the export', `output/generated/${run}`],
    ['the folder above it', 'output/generated'],
    ['the folder of all outputs', 'output'],
  ])('%s that is one fails the backup', async (_, path) => {
    putOutputs(run)
    const target = secret()
    renameSync(join(workspace, path), join(target, 'moved'))
    symlinkSync(join(target, 'moved'), join(workspace, path))
    await expect(back()).rejects.toThrow()
    expect(copied()).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a backup that fails is a warning, and no failed run (S119)', () => {
  const settings = (more: object = {}) => Settings.parse(more)
  const keep = async (more: object = {}) => {
    const file = join(place, 'paddock.log')
    const log = openLog({ level: 'INFO', file, maxMegabytes: 1, filesKept: 1 })
    const dataFolder = join(place, 'data')
    await keepBackup({ settings: settings(more), dataFolder, log }, { id: run, workspace })
    await log.close()
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
  }

  test('one that succeeds is in the data folder, and not in the log', async () => {
    putOutputs(run)
    expect(await keep()).toEqual([])
    expect(readdirSync(folder)).toEqual([run])
  })

  test('another folder may be set', async () => {
    putOutputs(run)
    await keep({ backup_directory: join(place, 'other') })
    expect(readdirSync(join(place, 'other'))).toEqual([run])
  })

  test.each<[string, object, () => void, RegExp]>([
    [
      'the folder is a file',
      {},
      () => writeFileSync(join(place, 'data'), ''),
      /something else lies in its place/,
    ],
    [
      'a stranger has its place',
      {},
      () => mkdirSync(join(folder, run), { recursive: true }),
      /There is something else at .*abcdef/,
    ],
  ])('%s', async (_, more, spoil, said) => {
    putOutputs(run)
    spoil()
    const lines = await keep(more)
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0]!)).toMatchObject({
      level: 'WARNING',
      run,
      message: expect.stringMatching(said),
      err: { stack: expect.any(String) },
    })
  })

  test('the disk is full: nothing half is left there', async (context) => {
    mkdirSync(folder, { recursive: true })
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status !== 0)
      skipBecause(context, 'no small disk can be mounted here')
    try {
      putOutputs(run)
      put(`output/generated/${run}/merged/large.txt`, 'x'.repeat(200_000))
      const [line] = await keep()
      expect(JSON.parse(line!)).toMatchObject({ message: expect.stringMatching(/: the disk is full\.$/) })
      expect(readdirSync(folder)).toEqual([])
    } finally {
      spawnSync('umount', [folder])
    }
  })
})
