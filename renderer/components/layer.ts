import { createContext, use } from 'react'

const Layer = createContext<HTMLElement | null>(null)

/** Says in which element popups are drawn: in the screen, or in the dialog that they belong to. */
export const LayerProvider = Layer.Provider

/** Where a popup is drawn, so that it belongs to the landmark that it was opened from. */
export const useLayer = (): HTMLElement | null => use(Layer)
