// The types of electron.mjs, for tests.

export declare function whyNoDesktop(system: {
  env?: NodeJS.ProcessEnv
  platform?: NodeJS.Platform
  user?: number
}): string | null
export declare function ensureElectron(options: {
  folder?: string
  milliseconds?: number
}): Promise<{ program: string } | { reason: string }>
