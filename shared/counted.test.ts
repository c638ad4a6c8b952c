import { expect, test } from 'vitest'
import { counted } from './counted.ts'

test.each([
  [0, 'file', undefined, '0 files'],
  [1, 'file', undefined, '1 file'],
  [2, 'file', undefined, '2 files'],
  [1, 'story', 'stories', '1 story'],
  [12_345, 'story', 'stories', '12,345 stories'],
] as const)('%d %s', (value, noun, plural, words) => expect(counted(value, noun, plural)).toBe(words))
