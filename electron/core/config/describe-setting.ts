import { z } from 'zod'
import { createRedactor } from '../log/redactor.ts'
import type { SettingKey } from './setting-keys.ts'

const redact = createRedactor()

/** What a setting may be, in words: `a whole number from 1 to 20`. */
export const expectedOf = ({ schema }: SettingKey): string => describe(toJson(schema))

/** What one entry of a list may be, in words. */
export const expectedEntryOf = ({ schema }: SettingKey): string => describe(toJson(schema).items ?? {})

/** A value of a setting as people may see it: in one piece, of one line, and never a key or password. */
export function shownValue(key: string, value: unknown): string {
  if (isSecret(key) || (typeof value === 'string' && (/\/\/[^/]*@/.test(value) || redact(value) !== value)))
    return 'something that is not repeated here'
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object') return 'settings below it'
  return quoted(value)
}

/** A text of somebody else's in quotes: short, and without characters that steer a terminal. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : String(value)
  const short = text.length > mostShown ? `${text.slice(0, mostShown)}…` : text
  const plain = short.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd')
  return typeof value === 'string' ? JSON.stringify(plain) : plain
}

/** Whether a setting is never shown. */
export const isSecret = (key: string): boolean => key === 'openai_api_key'

const mostShown = 60

type JsonSchema = {
  type?: string
  description?: string
  enum?: readonly string[]
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  minItems?: number
  maxItems?: number
  items?: JsonSchema
  anyOf?: readonly JsonSchema[]
}

const toJson = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema

function describe(schema: JsonSchema): string {
  if (schema.anyOf)
    return schema.anyOf.map((one) => (one.type === 'null' ? 'null' : describe(one))).join(' or ')
  if (schema.description) return schema.description
  if (schema.enum) return `one of ${schema.enum.join(', ')}`
  if (schema.type === 'boolean') return 'true or false'
  if (schema.type === 'array')
    return `a list, such as [a, b], of at most ${schema.maxItems}, each ${describe(schema.items ?? {})}`
  if (schema.type === 'number' || schema.type === 'integer') {
    const { minimum, maximum, exclusiveMinimum } = schema
    const kind = schema.type === 'integer' ? 'a whole number' : 'a number'
    return exclusiveMinimum === undefined
      ? `${kind} from ${minimum} to ${maximum}`
      : `${kind} above ${exclusiveMinimum}, at most ${maximum}`
  }
  return 'a text of one line'
}
