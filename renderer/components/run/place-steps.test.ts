import { describe, expect, test } from 'vitest'
import { neighbour, nodeHeight, placeSteps, reduced } from './place-steps.ts'
import type { StepData } from './step-data.ts'

const step = (id: string, ...needs: string[]): StepData => ({
  id,
  needs,
  name: id,
  title: id,
  role: 'developer',
  state: 'pending',
  word: '',
  facts: [],
  from: null,
  to: null,
  files: 0,
})
const six = [
  step('1'),
  step('2', '1'),
  step('3', '2'),
  step('4', '3'),
  step('5', '3'),
  step('6', '3', '4', '5'),
]

describe('steps in their places', () => {
  test('from left to right, none over another, within the room', () => {
    const { steps, nodeWidth, width } = placeSteps(six, 928)
    const x = Object.fromEntries(steps.map((one) => [one.id, one.x]))
    expect(x['1']).toBeLessThan(x['2']!)
    expect(x['4']).toBe(x['5'])
    expect(x['6']).toBeGreaterThan(x['4']!)
    const [four, five] = steps.filter(({ id }) => id === '4' || id === '5')
    expect(five!.y - four!.y).toBeGreaterThanOrEqual(nodeHeight)
    expect(nodeWidth).toBeGreaterThan(150)
    expect(width).toBeLessThanOrEqual(928)
  })

  test('those of a column stand in their order, unless edges would cross', () => {
    const columns = (steps: readonly StepData[]) => {
      const placed = placeSteps(steps, 928).steps
      return [...Map.groupBy(placed, ({ x }) => x).values()].map((column) =>
        column.toSorted((one, other) => one.y - other.y).map(({ id }) => id),
      )
    }
    const wide = [step('1'), step('2', '1'), step('3', '1'), step('4', '1'), step('5', '2', '3')]
    expect(columns(wide)).toEqual([['1'], ['2', '3', '4'], ['5']])
    const [, second, third] = columns([
      step('1'),
      step('2', '1'),
      step('3', '1'),
      step('4', '3'),
      step('5', '2'),
    ])
    expect(third).toEqual(second!.join() === '2,3' ? ['5', '4'] : ['4', '5'])
  })

  test('a node is never too narrow to read: then the drawing is wider than the room', () => {
    const { nodeWidth, width } = placeSteps(six, 300)
    expect(nodeWidth).toBe(132)
    expect(width).toBeGreaterThan(300)
  })

  test('an edge that another way says already is left out', () => {
    expect(reduced(six).find(({ id }) => id === '6')!.needs).toEqual(['4', '5'])
  })

  test('500 steps are placed', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      step(String(index), ...(index < 10 ? [] : [String(index - 10), String(index - 7)])),
    )
    expect(placeSteps(many, 1000).steps).toHaveLength(500)
  })

  test('arrow keys follow the edges', () => {
    const { steps } = placeSteps(six, 928)
    const walk = (from: string, ...keys: string[]) =>
      keys.reduce<string | null>((at, key) => at && neighbour(steps, at, key), from)
    expect(walk('1', 'ArrowRight', 'ArrowRight')).toBe('3')
    expect(new Set([walk('4', 'ArrowDown'), walk('4', 'ArrowUp')])).toEqual(new Set(['5', null]))
    expect(walk('6', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft')).toBe('1')
    expect(walk('1', 'ArrowLeft')).toBeNull()
    expect(walk('3', 'End')).toBe('6')
    expect(walk('3', 'Home')).toBe('1')
  })
})
