import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Analysis } from './analysis.ts'
import { designSchema } from './design.ts'
import { ownPlanSchema } from './own-plan.ts'
import { reportSchema } from './report.ts'
import { taskForms } from './task-forms.ts'
import { readJsonAnswer, schemaFor } from './json-answer.ts'

const Answer = z.object({ name: z.string(), more: z.string().default('none') })
const found = { name: 'a}b', more: 'none' }

describe('an answer with the object', () => {
  test.each([
    ['alone', '{"name":"a}b"}'],
    ['with blanks around', '\n\n {"name": "a}b"} \n'],
    ['in a fence', '```json\n{"name": "a}b"}\n```\n'],
    ['in a fence that never closes', '```json\n{"name": "a}b"}\n'],
    ['after words', 'Here it is:\n\n{"name": "a}b"}\n\nI hope it helps.'],
    ['in a fence after words', 'Here it is:\n\n```json\n{"name": "a}b"}\n```\nDone.'],
    ['after thoughts', '<think>{"name": 1}</think>\n{"name": "a}b"}'],
    ['in a list of one', '[{"name": "a}b"}]'],
    ['with fields that nobody asked for', '{"name": "a}b", "extra": [1]}'],
  ])('%s', (_, text) => expect(readJsonAnswer(text, Answer)).toEqual(found))
})

describe('an answer without it', () => {
  test.each([
    ['nothing', ''],
    ['words', 'I cannot do that.'],
    ['another shape', '{"title": "a"}'],
    ['a list of two', '[{"name": "a"}, {"name": "b"}]'],
    ['half of it', '{"name": "a'],
    ['no JSON', "{name: 'a'}"],
    ['a comma too many', '{"name": "a",}'],
    ['braces the wrong way round', '} {'],
    ['deep nonsense', '{'.repeat(50_000)],
  ])('%s', (_, text) => expect(readJsonAnswer(text, Answer)).toBeNull())
})

const known = { paths: ['src/[id].tsx', 'a.py'], hidden: [] }
const schemas = [...taskForms].flatMap(([name, form]): [string, z.ZodType][] => {
  if (form.form === 'plan') return [[name, designSchema(form, known.paths)]]
  if (form.form === 'report') return [[name, reportSchema(form.kind, known.paths)]]
  return form.form === 'files' ? [[name, ownPlanSchema(form, known)]] : []
})
test.each<[string, z.ZodType]>([['analysis', Analysis], ...schemas])(
  'the schema of %s is JSON, closed and finite',
  (name, schema) => {
    const sent = schemaFor(name, schema)
    expect(sent.name).toBe(name)
    expect(JSON.parse(JSON.stringify(sent.schema))).toEqual(sent.schema)
    expect(sent.schema).toMatchObject({ type: 'object', additionalProperties: false })
    const arrays = [...JSON.stringify(sent.schema).matchAll(/"type":"array"/g)].length
    const bounds = [...JSON.stringify(sent.schema).matchAll(/"maxItems":/g)].length
    expect(bounds).toBe(arrays)
  },
)
