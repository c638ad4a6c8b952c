import { homedir } from 'node:os'
import { expect, test } from 'vitest'
import { pathOf } from './ask-for-run.ts'

test.each([
  ['notes.md', 'notes.md'],
  ['  my notes.md ', 'my notes.md'],
  ["'/home/me/my notes.md' ", '/home/me/my notes.md'],
  ['"my notes.md"', 'my notes.md'],
  ["it's.md", "it's.md"],
  ['~', homedir()],
  ['~/notes.md', `${homedir()}/notes.md`],
  ['~other/notes.md', '~other/notes.md'],
])('a path as it is typed or dropped on a terminal: %s', (typed, path) => {
  expect(pathOf(typed)).toBe(path)
})
