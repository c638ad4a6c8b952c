/** How much of a workspace is looked at for one run, whatever lies there. */
export const limits = {
  /** Files and folders that are looked at. */
  entries: 20_000,
  /** Folders below each other. */
  depth: 30,
  /** Bytes of one file. */
  fileBytes: 256 * 1024,
  /** Bytes of all files that are read. */
  totalBytes: 32 * 1024 * 1024,
  /** Rules of .gitignore files that hold for one folder. */
  ignoreRules: 2000,
  /** Lines on what was left out; one more counts the rest. */
  leftOut: 200,
} as const
