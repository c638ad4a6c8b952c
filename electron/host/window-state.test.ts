import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fitPlace, readPlace, type WindowPlace } from './window-state.ts'

const least = { width: 900, height: 600 }
const left = { x: 0, y: 0, width: 1920, height: 1080 }
const right = { x: 1920, y: -200, width: 2560, height: 1440 }
const place = (x: number, y: number, width = 1280, height = 800): WindowPlace => ({
  x,
  y,
  width,
  height,
  isMaximised: false,
})
const { x: _x, y: _y, ...nowhere } = place(0, 0)

describe('a place fits the displays that there are', () => {
  test.each([
    ['where it was', place(100, 50), [left], place(100, 50)],
    ['on the second display', place(2000, 300), [left, right], place(2000, 300)],
    ['above the first display, on the second', place(2000, -150), [left, right], place(2000, -150)],
    ['on a display that is gone', place(2000, 300), [left], nowhere],
    ['far away', place(-9000, 9000), [left, right], nowhere],
    ['over the right edge', place(1700, 50), [left], place(640, 50)],
    ['over the lower edge', place(100, 900), [left], place(100, 280)],
    ['with its title above the display', place(100, -50), [left], nowhere],
    ['barely in sight', place(1890, 50), [left], nowhere],
    ['larger than the display', place(0, 0, 5000, 3000), [left], place(0, 0, 1920, 1080)],
    ['smaller than every screen needs', place(10, 10, 300, 200), [left], place(10, 10, 900, 600)],
    [
      'larger than a display that is smaller than that',
      place(0, 0),
      [{ x: 0, y: 0, width: 800, height: 500 }],
      place(0, 0, 900, 600),
    ],
    ['without any display', place(5, 5), [], nowhere],
  ] as const)('%s', (_, given, displays, fitted) => {
    expect(fitPlace(given, displays, least)).toEqual(fitted)
  })

  test('a maximised one stays maximised, wherever it goes', () => {
    expect(fitPlace({ ...place(9000, 0), isMaximised: true }, [left], least).isMaximised).toBe(true)
  })
})

describe('what a file says of a place', () => {
  test.each([
    [
      '{"x":1,"y":2,"width":1000,"height":700,"isMaximised":true}',
      { x: 1, y: 2, width: 1000, height: 700, isMaximised: true },
    ],
    ['{"width":1000,"height":700}', { width: 1000, height: 700, isMaximised: false }],
    ['{"x":1.5,"y":2,"width":1000,"height":700}', { width: 1000, height: 700, isMaximised: false }],
    ['{"x":1,"width":1000,"height":700}', { width: 1000, height: 700, isMaximised: false }],
    ['{"width":0,"height":700}', { width: 1280, height: 800, isMaximised: false }],
    ['{"width":"1000","height":700}', { width: 1280, height: 800, isMaximised: false }],
    ['not JSON', { width: 1280, height: 800, isMaximised: false }],
    ['null', { width: 1280, height: 800, isMaximised: false }],
  ])('%s', (text, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'paddock-window-'))
    writeFileSync(join(folder, 'window.json'), text)
    expect(readPlace(join(folder, 'window.json'))).toEqual(expected)
    rmSync(folder, { recursive: true })
  })

  test('no file is the usual place', () => {
    expect(readPlace('/nowhere/window.json')).toEqual({ width: 1280, height: 800, isMaximised: false })
  })
})
