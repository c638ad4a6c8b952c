// The types of built-core.mjs, for tests and the bench.

export declare function findBuiltCore(folder?: string): string | null
export declare function coreStamp(folder: string): string
