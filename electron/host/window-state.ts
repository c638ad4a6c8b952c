import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { BrowserWindow, Rectangle } from 'electron'
import type { Theme } from '../../shared/host.ts'

/** Where a window stands; without `x` and `y` the system chooses. Pixels as the system counts them. */
export type WindowPlace = {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
  readonly isMaximised: boolean
}

const usual = { width: 1280, height: 800, isMaximised: false }

/** What of a window has to lie on a display, in pixels, so that a hand can get hold of it. */
const graspable = 100

/** Where the window stood when it was closed last; the usual place where that is not known or makes no sense. */
export function readPlace(file: string): WindowPlace {
  const { x, y, width, height, isMaximised } = readState(file)
  if (!isSize(width) || !isSize(height)) return usual
  const place = { width, height, isMaximised: isMaximised === true }
  return Number.isSafeInteger(x) && Number.isSafeInteger(y)
    ? { ...place, x: x as number, y: y as number }
    : place
}

/** The theme that the page had when its window was closed last. */
export function readTheme(file: string): Theme {
  const { theme } = readState(file)
  return theme === 'dark' || theme === 'light' ? theme : 'system'
}

function readState(file: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(readFileSync(file, 'utf8'))) as Record<string, unknown>
  } catch {
    return {}
  }
}

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0

/**
 * Fits a place to the displays that there are: no larger than the one it is on, no smaller than `least`, and nowhere
 * that no display is any more.
 */
export function fitPlace(
  place: WindowPlace,
  displays: readonly Rectangle[],
  least: { readonly width: number; readonly height: number },
): WindowPlace {
  const { x, y, isMaximised } = place
  const at = (display: Rectangle | undefined) => ({
    width: Math.max(least.width, Math.min(place.width, display?.width ?? place.width)),
    height: Math.max(least.height, Math.min(place.height, display?.height ?? place.height)),
    isMaximised,
  })
  if (x === undefined || y === undefined) return at(displays[0])
  const display = displays.find((display) => isGraspable({ x, y, width: place.width }, display))
  if (!display) return at(displays[0])
  const fitted = at(display)
  return {
    ...fitted,
    x: between(display.x, x, display.x + display.width - fitted.width),
    y: between(display.y, y, display.y + display.height - fitted.height),
  }
}

/** Enough of the upper edge, where a window is held, lies on the display. */
function isGraspable(place: { x: number; y: number; width: number }, display: Rectangle): boolean {
  const right = Math.min(place.x + place.width, display.x + display.width)
  const isWide = right - Math.max(place.x, display.x) >= graspable
  return isWide && place.y >= display.y && place.y <= display.y + display.height - graspable
}

const between = (least: number, value: number, most: number) => Math.max(least, Math.min(value, most))

/** Writes down where the window stands when it is closed, and its theme where that is not the system's. */
export function keepState(window: BrowserWindow, file: string, theme: () => Theme): void {
  window.on('close', () => {
    const chosen = theme() === 'system' ? {} : { theme: theme() }
    const state = { ...window.getNormalBounds(), isMaximised: window.isMaximized(), ...chosen }
    try {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(`${file}.new`, JSON.stringify(state))
      renameSync(`${file}.new`, file)
    } catch {
      // A full disk must keep nobody from closing a window: it will open at its usual place.
    }
  })
}
