import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import {
  BrowserWindow,
  dialog,
  Menu,
  nativeTheme,
  shell,
  type OpenDialogOptions,
  type OpenDialogReturnValue,
} from 'electron'
import { AppError } from '../../shared/errors.ts'
import type { Core } from '../core/core.ts'
import { isInside } from '../core/files/folder.ts'
import { hostFacts } from '../core/host-facts.ts'
import { readKnownRun } from '../core/journal.ts'
import type { HostServices } from '../core/services/host.ts'
import { titleBarHeight } from './title-bar.ts'

/** What only a desktop can do; `tellUnsaved` is told whether the page holds something that is not saved. */
export const createDesktopHost = (
  core: Pick<Core, 'ledger'>,
  tellUnsaved: (isUnsaved: boolean) => void,
): HostServices => ({
  info: () => ({
    ...hostFacts(),
    kind: 'desktop',
    can: { pick_folder: true, reveal: true, menu: process.platform !== 'darwin' },
  }),
  pick_folder: async () => {
    const { filePaths } = await choose({ properties: ['openDirectory', 'createDirectory'] })
    return filePaths[0] ?? null
  },
  menu: () => {
    const window = ownWindow()
    if (!window) return
    // The bar grows with the page, and does not shrink: the system's buttons keep their size.
    const y = Math.round(titleBarHeight * Math.max(1, window.webContents.getZoomFactor()))
    Menu.getApplicationMenu()?.popup({ window, x: 0, y })
  },
  unsaved: ({ is_unsaved }) => tellUnsaved(is_unsaved),
  theme: ({ theme }) => {
    nativeTheme.themeSource = theme
  },
  reveal: async ({ id, path }) => shell.showItemInFolder(await placeOf(core, id, path ?? '')),
})

const ownWindow = () => BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]

/** Has the person choose in the system's own dialog, which hangs on the window where there is one. */
export function choose(options: OpenDialogOptions): Promise<OpenDialogReturnValue> {
  const window = ownWindow()
  return window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options)
}

/** Where a file of a run's workspace really lies; throws AppError for what is not there or leads out of it. */
async function placeOf({ ledger }: Pick<Core, 'ledger'>, id: string, path: string): Promise<string> {
  const run = readKnownRun(ledger, id)
  const root = await realpath(run.workspace).catch(() => null)
  const place = root && (await realpath(join(root, path)).catch(() => null))
  if (!root || !place)
    throw new AppError('not-found', `There is no ${join(run.workspace, path)} any more.`, {
      hint: 'Check whether the workspace was moved. A file is there only once it is accepted.',
    })
  if (isInside(root, place)) return place
  throw new AppError('invalid', `${JSON.stringify(path)} leads out of the workspace ${root}.`, {
    hint: 'Only files of the workspace are shown.',
  })
}
