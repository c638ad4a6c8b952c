import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { OpenedDocuments } from '../shared/host.ts'
import { createHome } from './fixtures/cli.ts'
import { call, opened, quitAll, start, until } from './fixtures/desktop-alone.ts'

afterEach(quitAll)

const textOf = (base64: string) => Buffer.from(base64, 'base64').toString('utf8')

describe('one instance', () => {
  test('a second one hands over its documents and ends', async () => {
    const home = await createHome()
    const { desktop } = await start(
      { isFirst: false, documents: ['notes.md', '--flag', '/tmp/other.md'] },
      home,
    )
    expect(desktop.standIn.records.exitCode).toBe(0)
    expect(desktop.standIn.app.windows.size).toBe(0)
    expect(desktop.standIn.app.lock).toEqual({
      documents: [join(process.cwd(), 'notes.md'), '/tmp/other.md'],
    })
    expect(existsSync(join(home.data, 'paddock.db'))).toBe(false)
  })

  test('the first one shows its window, and the page is told of the documents', async () => {
    const page = await start()
    const path = join(page.home.folder, 'notes.md')
    await writeFile(path, 'Hello')
    const { app } = page.desktop.standIn
    await until(() => page.desktop.window().isVisible)
    page.desktop.window().minimised = true
    page.desktop.window().blur()
    app.emit('second-instance', {}, ['paddock', path], '/', { documents: [path] })
    page.listen()
    await until(() => opened(page).length === 1)
    expect(opened(page)[0]).toEqual({ documents: [{ name: 'notes.md', base64: 'SGVsbG8=' }], problems: [] })
    expect(page.desktop.window().minimised).toBe(false)
    expect(page.desktop.window().hasFocus).toBe(true)
  })

  test('no window opens before its rules are there, whatever the system asks for', async () => {
    const page = await start({ isReady: false })
    const { app, session } = page.desktop.standIn
    const path = join(page.home.folder, 'early.md')
    await writeFile(path, 'Early')
    for (const event of ['activate', 'second-instance']) app.emit(event, {}, [], '/', undefined)
    app.emitPreventable('open-file', {}, path)
    app.emit('activate', {})
    expect(app.windows.size).toBe(0)
    app.becomeReady()
    app.emit('activate', {})
    await until(() => app.windows.size === 1)
    expect(session.beforeRequest).toBeDefined()
    expect(session.schemes.has('app')).toBe(true)
    page.listen()
    await until(() => opened(page).length === 1)
    expect(opened(page)[0]!.documents).toMatchObject([{ name: 'early.md' }])
  })

  test.each([[undefined], [null], [42], [{ documents: 'x' }], [{ documents: [1, {}] }]])(
    'nonsense from a second instance (case %#) does nothing',
    async (data) => {
      const page = await start()
      page.desktop.standIn.app.emit('second-instance', {}, [], '/', data)
      page.listen()
      await sleep(100)
      expect(opened(page)).toEqual([])
      expect(page.desktop.standIn.app.windows.size).toBe(1)
    },
  )
})

describe('documents that are opened with the app', () => {
  test('wait until the page listens', async () => {
    const home = await createHome()
    const path = join(home.folder, 'brief.md')
    await writeFile(path, '# Brief')
    const page = await start({ documents: [path] }, home)
    await until(() => page.desktop.window().isVisible)
    await sleep(100)
    expect(page.sent).toEqual([])
    page.listen()
    await until(() => opened(page).length === 1)
    expect(opened(page)[0]!.documents.map(({ name, base64 }) => [name, textOf(base64)])).toEqual([
      ['brief.md', '# Brief'],
    ])
  })

  test('come from the desktop as well, also before the app is ready', async () => {
    const page = await start()
    const path = join(page.home.folder, 'dropped.md')
    await writeFile(path, 'Dropped')
    expect(page.desktop.standIn.app.emitPreventable('open-file', {}, path)).toBe(true)
    page.listen()
    await until(() => opened(page).length === 1)
    expect(opened(page)[0]!.documents[0]).toMatchObject({ name: 'dropped.md' })
  })

  test('a wrong one is refused with its reason, and the others stay', async () => {
    const home = await createHome()
    const good = join(home.folder, 'good.md')
    await writeFile(good, 'Good')
    await writeFile(join(home.folder, 'big.md'), Buffer.alloc(10 * 2 ** 20 + 1))
    const documents = [
      good,
      join(home.folder, 'gone.md'),
      home.workspace,
      join(home.folder, 'big.md'),
      '/dev/null',
    ]
    const page = await start({ documents }, home)
    page.listen()
    await until(() => opened(page).length === 1)
    const [{ documents: read, problems }] = opened(page) as [OpenedDocuments]
    expect(read.map(({ name }) => name)).toEqual(['good.md'])
    expect(problems).toEqual([
      expect.stringContaining('"gone.md" was not added: there is no such file'),
      expect.stringContaining('it is a folder'),
      expect.stringContaining('"big.md" was not added: it has 10.1 MB'),
      expect.stringContaining('it is a device'),
    ])
  })

  test('wait for the page to be opened again where it has died', async () => {
    const page = await start()
    page.listen()
    await call(page, 'run.list')
    page.desktop.window().webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
    const path = join(page.home.folder, 'meanwhile.md')
    await writeFile(path, 'Meanwhile')
    page.desktop.standIn.app.emit('second-instance', {}, [], '/', { documents: [path] })
    await sleep(100)
    expect(opened(page)).toEqual([])
    page.listen()
    await until(() => opened(page).length === 1)
    expect(opened(page)[0]!.documents).toMatchObject([{ name: 'meanwhile.md' }])
  })

  test('in development the program has an argument of its own', async () => {
    const page = await start({ isPackaged: false })
    page.listen()
    await sleep(50)
    expect(opened(page)).toEqual([])
  })
})

describe('what only a desktop can do', () => {
  test('a person chooses a folder, or none', async () => {
    const page = await start()
    page.desktop.standIn.answers.openDialog.push(['/some/folder'], [])
    expect(await call(page, 'host.pick_folder')).toBe('/some/folder')
    expect(await call(page, 'host.pick_folder')).toBeNull()
  })

  test('a file of a run is shown in its folder, and nothing outside', async () => {
    const page = await start()
    process.env['PADDOCK_REHEARSAL_PACE'] = '1000'
    page.listen()
    const { id } = await call<{ id: string }>(page, 'run.rehearse', {
      workflow: 'bug_fix',
      workspace: page.home.workspace,
    })
    await until(() => page.sent.some(([, event]) => (event as { type?: string }).type === 'run-ended'))
    await call(page, 'host.reveal', { id })
    await call(page, 'host.reveal', { id, path: 'durations/parse.py' })
    expect(page.desktop.standIn.records.revealed).toEqual([
      page.home.workspace,
      join(page.home.workspace, 'durations/parse.py'),
    ])
    for (const path of ['..', '../data', '/etc/passwd', '../../../../etc/passwd', 'durations/../../data'])
      await expect(call(page, 'host.reveal', { id, path })).rejects.toThrow(
        /leads out of the workspace|There is no/,
      )
    await expect(call(page, 'host.reveal', { id, path: 'gone.py' })).rejects.toThrow('any more')
    await expect(call(page, 'host.reveal', { id: '20260101-120000-abc123' })).rejects.toThrow('no run')
    expect(page.desktop.standIn.records.revealed).toHaveLength(2)
  })
})
