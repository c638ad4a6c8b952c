import type { LeftOut } from '../../../shared/code.ts'
import { foldName } from '../files/path-rules.ts'

/** Parts files from those whose names are one and the same on other disks: which of them is meant cannot be told. */
export function partTwins<T extends { readonly path: string }>(
  files: readonly T[],
): { unique: T[]; twins: LeftOut[] } {
  const named = [...Map.groupBy(files, ({ path }) => foldName(path)).values()]
  return {
    unique: named.filter(({ length }) => length === 1).flat(),
    twins: named
      .filter(({ length }) => length > 1)
      .flat()
      .map(({ path }) => ({ path, reason: 'has the name of another one but for capitals or spelling' })),
  }
}
