// The types of build.mjs, for tests.

export type BuildPart = 'renderer' | 'main' | 'preload'
export declare function ensureBuilt(names?: readonly BuildPart[], folder?: string): Promise<void>
