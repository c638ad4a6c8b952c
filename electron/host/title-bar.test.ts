import { expect, test } from 'vitest'
import { frameOf, groundOf } from './title-bar.ts'

test.each(['linux', 'win32'])('%s: the system’s buttons lie on the page’s bar in its colours', (platform) => {
  expect(frameOf(platform, true)).toEqual({
    titleBarStyle: 'hidden',
    titleBarOverlay: { color: groundOf(true), symbolColor: '#b1bab5', height: 35 },
  })
  expect(frameOf(platform, false).titleBarOverlay).toMatchObject({ color: groundOf(false) })
})

test('a Mac keeps its lights, in the middle of the bar', () =>
  expect(frameOf('darwin', true)).toMatchObject({
    titleBarStyle: 'hidden',
    trafficLightPosition: { x: 12, y: 11 },
  }))
