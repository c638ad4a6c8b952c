import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { ask, createTestModel } from '../../../e2e/fixtures/ask.ts'
import { llamaServer, startLlamaServer, type LlamaServer } from '../../../e2e/fixtures/llama-server.ts'
import type { Model } from '../llm/model.ts'
import { designSchema } from './design.ts'
import { schemaFor } from './json-answer.ts'
import { ownPlanSchema } from './own-plan.ts'
import { reportSchema } from './report.ts'
import { taskForms } from './task-forms.ts'

const many = Array.from({ length: 40 }, (_, index) => `folder/file-${index}.py`)
const known = {
  paths: ['gcd.py', 'src/[id].tsx', 'it\'s a "name".py', 'ordner/größe.py', ...many],
  hidden: [],
}
const schemas = [...taskForms].flatMap(([name, form]): [string, z.ZodType][] => {
  if (form.form === 'plan') return [[name, designSchema(form, known.paths)]]
  if (form.form === 'report') return [[name, reportSchema(form.kind, known.paths)]]
  return form.form === 'files' ? [[name, ownPlanSchema(form, known)]] : []
})

describe.skipIf(llamaServer === null)('the real llama-server holds a model of noise to', () => {
  let server: LlamaServer
  let model: Model
  beforeAll(async () => {
    const args = ['--reasoning-format', 'none']
    server = await startLlamaServer({ slots: 1, contextSize: 16_384, eosBias: 4, args })
    model = createTestModel(server.base, { llm_timeout: 60 })
  })
  afterAll(() => server.stop())

  test.each(schemas)('the schema of %s', { timeout: 60_000 }, async (name, schema) => {
    const request = { schema: schemaFor(name.replace('/', '_'), schema), maxTokens: 4000, temperature: 1 }
    const { text, answer, error } = await ask(model, request)
    expect(error).toBeUndefined()
    expect(text).toMatch(/^\s*\{\s*"(overview|summary|reason)"\s*:\s*"/)
    // Noise may also go on and on inside a text.
    if (answer?.finish === 'stop') expect(schema.safeParse(JSON.parse(text)).error).toBeUndefined()
  })
})
