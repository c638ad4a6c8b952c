import { describe, expect, test } from 'vitest'
import { isPlainKey, isPressed, keyNames, type Press } from './keys.ts'

const press = (key: string, ...held: string[]): Press => ({
  key,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
})

describe('a shortcut', () => {
  test.each([
    ['mod+k', press('k', 'ctrl'), 'linux', true],
    ['mod+k', press('K', 'ctrl'), 'win32', true],
    ['mod+k', press('k', 'meta'), 'darwin', true],
    ['mod+k', press('k', 'ctrl'), 'darwin', false],
    ['mod+k', press('k', 'meta'), 'linux', false],
    ['mod+k', press('k', 'ctrl', 'shift'), 'linux', false],
    ['mod+k', press('k', 'ctrl', 'alt'), 'linux', false],
    ['mod+k', press('k'), 'linux', false],
    ['mod+enter', press('Enter', 'ctrl'), 'linux', true],
    ['alt+1', press('1', 'alt'), 'linux', true],
    ['?', press('?', 'shift'), 'linux', true],
    ['?', press('?'), 'linux', true],
    ['/', press('/', 'ctrl'), 'linux', false],
    ['shift+a', press('A', 'shift'), 'linux', true],
    ['a', press('A', 'shift'), 'linux', false],
    ['space', press(' '), 'linux', true],
    ['f6', press('F6'), 'linux', true],
    ['mod+.', press('.', 'ctrl'), 'linux', true],
  ])('%s is pressed by %o on %s: %s', (shortcut, pressed, platform, expected) =>
    expect(isPressed(shortcut, pressed, platform)).toBe(expected),
  )

  test('is shown as the keyboard prints it', () => {
    expect(keyNames('mod+k', 'linux')).toEqual(['Ctrl', 'K'])
    expect(keyNames('mod+shift+enter', 'darwin')).toEqual(['⌘', '⇧', 'Enter'])
    expect(keyNames('escape', 'win32')).toEqual(['Esc'])
  })

  test.each(['a', '?', 'shift+a', 'delete', 'space', 'enter', '1'])('%s is left to who types', (key) =>
    expect(isPlainKey(key)).toBe(true),
  )
  test.each(['mod+k', 'alt+1', 'f6', 'escape'])('%s works everywhere', (key) =>
    expect(isPlainKey(key)).toBe(false),
  )
})
