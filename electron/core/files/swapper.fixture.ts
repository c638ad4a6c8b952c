// Run as a program with a root and an outside folder: swaps `root/a` between a real folder and a link to outside,
// as fast as it can, until it is killed. Prints a line per 100 swaps.
import { lstatSync, mkdirSync, renameSync, rmSync, symlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const [root = '', outside = ''] = process.argv.slice(2)
const place = join(root, 'a')
const real = join(root, 'real')
const link = join(root, 'link')

function attempt(act: () => void): void {
  try {
    act()
  } catch {
    // The writer under test made something in between: the next step goes on from there.
  }
}

// Both states last for a while, of random length, so that they meet every step of a write.
function dwell(): void {
  for (let left = Math.random() * 30; left > 0; left -= 1) lstatSync(root)
}

for (let swaps = 1; ; swaps += 1) {
  attempt(() => symlinkSync(outside, link))
  attempt(() => mkdirSync(real))
  attempt(() => renameSync(place, real))
  attempt(() => rmSync(place, { recursive: true }))
  attempt(() => renameSync(link, place))
  dwell()
  attempt(() => renameSync(place, link))
  attempt(() => renameSync(real, place))
  dwell()
  if (swaps % 100 === 0) writeSync(1, '.')
}
