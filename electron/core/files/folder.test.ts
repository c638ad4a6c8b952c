import { describe, expect, test } from 'vitest'
import { isInside } from './folder.ts'

describe('isInside', () => {
  test.each([
    ['/root', '/root', true],
    ['/root', '/root/a', true],
    ['/root', '/root/..a', true],
    ['/root', '/root/a/../b', true],
    ['/', '/etc', true],
    ['/root', '/', false],
    ['/root', '/root-2', false],
    ['/root', '/root/..', false],
    ['/root', '/root/../root-2', false],
    ['/root', '/rooT/a', false],
    ['/root', '(unreachable)/root/a', false],
    ['/root', 'pipe:[123]', false],
    ['/root', '', false],
  ])('in %s is %s: %s', (root, path, inside) => {
    expect(isInside(root, path)).toBe(inside)
  })
})
