// The types of setup.mjs, for tests.

export declare function ensureTools(): void
export declare function isDebianLike(release: string): boolean
