// The types of lock.mjs, for tests.

export declare function withLock<T>(path: string, work: () => T | Promise<T>): Promise<T>
