import { z } from 'zod'
import { wholeDocument } from '../files/parse.ts'
import { parseJson } from '../parse-json.ts'

/** The JSON schema that a server is asked to keep an answer to. */
export const schemaFor = (name: string, schema: z.ZodType) => ({ name, schema: z.toJSONSchema(schema) })

/**
 * Reads the one JSON object of an answer: the whole text, what a single fence holds, or what stands between the first
 * brace and the last. Null when there is none that keeps to the schema.
 */
export function readJsonAnswer<T>(text: string, schema: z.ZodType<T>): T | null {
  const document = wholeDocument(text)
  const inner = document.slice(document.indexOf('{'), document.lastIndexOf('}') + 1)
  for (const candidate of [text, document, inner]) {
    const parsed = schema.safeParse(parseJson(candidate))
    if (parsed.success) return parsed.data
  }
  return null
}
