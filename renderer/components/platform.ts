import { createContext, use } from 'react'

const Platform = createContext('')

/** Tells everything below it which system's keys to show, by Node's name of it, such as `darwin`. */
export const PlatformProvider = Platform.Provider

/** Node's name of the system whose keys are shown. */
export const usePlatform = (): string => use(Platform)
