import type { calls } from '../../../shared/contract.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Services } from '../../../shared/rpc.ts'
import { hostFacts } from '../host-facts.ts'

/** What only the host of a window can do; each host brings its own. */
export type HostServices = Services<typeof calls>['host']

const unavailable = (what: string, hint: string) => () => {
  throw new AppError('unavailable', `${what} works in the desktop window only.`, { hint })
}

/** What a host answers that has no desktop: a browser's, or a program without a window. */
export const hostWithoutDesktop = (kind: 'browser' | 'program'): HostServices => ({
  info: () => ({ ...hostFacts(), kind, can: { pick_folder: false, reveal: false, menu: false } }),
  pick_folder: unavailable('Choosing a folder', 'Type its path instead.'),
  menu: unavailable('The menu', 'The command palette has what can be done.'),
  unsaved: unavailable('Asking before the window closes', 'A browser asks by itself.'),
  theme: unavailable('Colouring the window', 'The page has its theme by itself.'),
  reveal: unavailable('Showing a file in its folder', 'Open the path in your file manager.'),
})
