import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Measure } from './measure.ts'

const built = join(import.meta.dirname, '../dist/renderer')
/** Smaller files that are loaded later are told of together, in bytes. */
const least = 40_000

/** The files of the built page by size; `first` names those that were loaded before anything was painted. */
export function measureBundles(first: readonly string[]): Measure[] {
  const files = readdirSync(join(built, 'assets')).map((name) => {
    const bytes = readFileSync(join(built, 'assets', name))
    const isFirst = first.includes(`assets/${name}`)
    return { name, size: bytes.length, packed: gzipSync(bytes).length, isFirst }
  })
  const sum = (some: typeof files) => sizes(total(some, 'size'), total(some, 'packed'))
  const early = files.filter(({ isFirst }) => isFirst)
  const later = files.filter(({ isFirst }) => !isFirst)
  const shown = files.filter(({ size, isFirst }) => isFirst || size >= least)
  const small = later.filter(({ size }) => size < least)
  return [
    { measure: `loaded before first paint: ${early.length} files`, paddock: sum(early), aim: 'see by chunk' },
    { measure: `loaded later, when needed: ${later.length} files`, paddock: sum(later), aim: '' },
    ...shown
      .sort((one, other) => Number(other.isFirst) - Number(one.isFirst) || other.size - one.size)
      .map(({ name, size, packed, isFirst }) => ({
        measure: `... ${name}`,
        paddock: sizes(size, packed),
        aim: isFirst ? 'before first paint' : 'later',
      })),
    { measure: `... ${small.length} smaller ones`, paddock: sum(small), aim: 'later' },
  ]
}

const total = <Key extends string>(all: readonly Readonly<Record<Key, number>>[], key: Key): number =>
  all.reduce((sum, each) => sum + each[key], 0)

const sizes = (bytes: number, packed: number): string => `${kilobytes(bytes)} (${kilobytes(packed)} gzipped)`

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000).toLocaleString('en')} kB`
