import type {
  MenuItemConstructorOptions,
  MessageBoxOptions,
  OpenDialogOptions,
  PopupOptions,
  Session,
  TitleBarOverlayOptions,
} from 'electron'

type First<F extends (...args: never[]) => unknown> = NonNullable<Parameters<F>[0]>

/** What the app asked of Electron and the stand-in cannot do: kept to be looked at, and no proof that Electron does it. */
export type Records = {
  /** What the system is told of the app. */
  identity: Record<string, string>
  isSandboxEnabled: boolean
  privilegedSchemes: unknown[]
  permissionRequest?: First<Session['setPermissionRequestHandler']>
  permissionCheck?: First<Session['setPermissionCheckHandler']>
  devicePermission?: First<Session['setDevicePermissionHandler']>
  displayMedia?: unknown
  isSpellCheckerEnabled?: boolean
  webRtcPolicy?: string
  menu: MenuItemConstructorOptions[]
  /** Each with the window that it hangs on. */
  messageBoxes: (MessageBoxOptions & { readonly parent: unknown })[]
  openDialogs: OpenDialogOptions[]
  revealed: string[]
  notifications: { title: string; body: string; click(): void }[]
  /** Power-save blockers that are on. */
  blockers: Set<number>
  blockersStarted: string[]
  pressed: string[]
  backgrounds: string[]
  overlays: TitleBarOverlayOptions[]
  /** Where the app's menu was opened. */
  popups: PopupOptions[]
  exitCode: number | null
}

/** Nothing recorded yet. */
export const emptyRecords = (): Records => ({
  identity: {},
  isSandboxEnabled: false,
  privilegedSchemes: [],
  menu: [],
  messageBoxes: [],
  openDialogs: [],
  revealed: [],
  notifications: [],
  blockers: new Set(),
  blockersStarted: [],
  pressed: [],
  backgrounds: [],
  overlays: [],
  popups: [],
  exitCode: null,
})
