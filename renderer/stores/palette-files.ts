import { create } from 'zustand'

/** A file of the run that is open, as the palette finds it. */
export type PaletteFile = { readonly path: string; readonly detail: string; readonly open: () => void }

/** The files that `@` finds: the run's store sets them with `setState` whenever they change. */
export const usePaletteFiles = create<{ readonly files: readonly PaletteFile[] }>()(() => ({ files: [] }))
