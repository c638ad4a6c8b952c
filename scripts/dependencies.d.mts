// The types of dependencies.mjs, for tests.

export declare const root: string
export declare const cli: string
export declare function ensureDependencies(folder?: string): Promise<void>
export declare function isInstalled(folder: string): boolean
export declare function findNode(folder?: string): string
export declare function isNewEnough(version: string | undefined): boolean
