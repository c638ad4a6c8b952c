import { describe, expect, test } from 'vitest'
import { newRunStrings } from '../../strings-new-run.ts'
import { whatStops, type Prospect } from './what-stops.ts'

const { stops } = newRunStrings
const folder = { path: '/w', problem: null, is_new: false, entries: 0, is_git: false }
const model = {
  endpoint: 'http://127.0.0.1:8080/v1',
  state: 'ready',
  model: 'm',
  slots: 1,
  window: 8192,
  message: 'Ready.',
} as const
const own = { workflow: 'feature_development', title: 'Sample', document: { name: 'a.md', base64: 'YQ==' } }
const read = { state: 'read', bytes: { base64: 'YQ==' } } as const
const ready: Prospect = {
  isRehearsal: false,
  requirement: '',
  documents: [read],
  workflow: 'feature_development',
  workflows: ['feature_development', 'analysis'],
  rehearsals: [own],
  path: '/w',
  folder,
  model,
}

describe('what stops a run (S6)', () => {
  test('nothing, with a document, a workflow, a folder and a model', () =>
    expect(whatStops(ready)).toBeNull())
  test.each<[string, Partial<Prospect>]>([
    ['words alone', { documents: [], requirement: 'A clock.' }],
    ['a refused document beside one that was read', { documents: [read, { state: 'refused', bytes: null }] }],
    ['a server that Paddock starts itself', { model: { ...model, state: 'stopped' } }],
    ['a server that is still loading', { model: { ...model, state: 'loading' } }],
    ['a rehearsal without a model', { isRehearsal: true, model: { ...model, state: 'unreachable' } }],
    ['a rehearsal that brings its document itself', { isRehearsal: true, documents: [] }],
  ])('nothing, with %s', (_, part) => expect(whatStops({ ...ready, ...part })).toBeNull())

  test.each<[string, Partial<Prospect>]>([
    [stops.reading, { documents: [{ state: 'reading', bytes: null }] }],
    [stops.readingWorkflows, { workflows: null }],
    [stops.workflow, { workflow: 'gone' }],
    [stops.nothing, { documents: [] }],
    [stops.nothing, { documents: [{ state: 'refused', bytes: null }], requirement: ' \n' }],
    [stops.noFolder, { path: ' ' }],
    [stops.lookingAtFolder, { folder: null }],
    ['It cannot be made.', { folder: { ...folder, problem: 'It cannot be made.' } }],
    [stops.askingModel, { model: null }],
    [stops.model, { model: { ...model, state: 'unreachable' } }],
    [stops.model, { model: { ...model, state: 'refused' } }],
    [stops.noRehearsal, { isRehearsal: true, workflow: 'analysis' }],
    [stops.otherDocument, { isRehearsal: true, documents: [{ state: 'read', bytes: { base64: 'Yg==' } }] }],
  ])('%s', (reason, part) => expect(whatStops({ ...ready, ...part })).toBe(reason))
})
