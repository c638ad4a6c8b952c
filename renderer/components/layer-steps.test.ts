import { describe, expect, test } from 'vitest'
import { layerSteps } from './layer-steps.ts'

const columns = (graph: Record<number, number[]>) =>
  layerSteps(Object.entries(graph).map(([id, needs]) => ({ id: Number(id), needs })))

describe('a graph in columns', () => {
  test('each step stands after the last of what it rests on', () =>
    expect(columns({ 1: [], 2: [1], 3: [2], 4: [3], 5: [3], 6: [3, 4, 5] })).toEqual([
      [1],
      [2],
      [3],
      [4, 5],
      [6],
    ]))
  test('steps without needs stand side by side', () =>
    expect(columns({ 1: [], 2: [], 3: [] })).toEqual([[1, 2, 3]]))
  test('needs that are not there do not matter', () =>
    expect(columns({ 1: [9], 2: [1] })).toEqual([[1], [2]]))
  test('the order of the list does not matter', () =>
    expect(columns({ 3: [2], 2: [1], 1: [] })).toEqual([[1], [2], [3]]))
  test.each([
    ['on itself', { 1: [1], 2: [1] }],
    ['on each other', { 1: [2], 2: [1], 3: [2] }],
    ['in a ring', { 1: [3], 2: [1], 3: [2] }],
  ])('a step that rests %s is still drawn once', (_, graph) =>
    expect(columns(graph).flat().sort()).toEqual(Object.keys(graph).map(Number)),
  )
  test('a chain of 500 steps is 500 columns', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [index + 1, index > 0 ? [index] : []]),
    )
    expect(columns(chain)).toHaveLength(500)
  })
  test('500 steps that all rest on all before them are drawn', () => {
    const full = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [
        index + 1,
        Array.from({ length: index }, (_each, need) => need + 1),
      ]),
    )
    expect(columns(full)).toHaveLength(500)
  })
})
