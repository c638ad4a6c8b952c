import { z } from 'zod'
import { Settings } from '../../../shared/settings.ts'

/** How a setting is edited. */
export type SettingForm = {
  readonly kind: 'switch' | 'choice' | 'number' | 'text' | 'words' | 'lines' | 'secret'
  readonly choices: readonly string[]
}

type JsonSchema = {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
}

const root = z.toJSONSchema(Settings, { io: 'input', unrepresentable: 'any' }) as JsonSchema
/** Entries that may hold a comma themselves. */
const lines: ReadonlySet<string> = new Set(['include', 'llama_server.extra_args'])

/** How a setting is edited, by its dotted name, as its schema has it. */
export function settingForm(key: string): SettingForm {
  const found = key
    .split('.')
    .reduce<JsonSchema | undefined>((section, name) => section?.properties?.[name], root)
  const schema = found?.anyOf?.find(({ type }) => type !== 'null') ?? found
  if (key === 'openai_api_key') return { kind: 'secret', choices: [] }
  if (schema?.enum) return { kind: 'choice', choices: schema.enum }
  if (schema?.type === 'boolean') return { kind: 'switch', choices: [] }
  if (schema?.type === 'array') return { kind: lines.has(key) ? 'lines' : 'words', choices: [] }
  return { kind: schema?.type === 'number' || schema?.type === 'integer' ? 'number' : 'text', choices: [] }
}

/** A value as it is written in its field. */
export function writeValue({ kind }: SettingForm, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join(kind === 'lines' ? '\n' : ', ')
  return kind === 'secret' ? '' : String(value)
}

/**
 * What a field's text means; null: the default. What is no number goes to the core as it was written: it says best what
 * it expected instead.
 */
export function readValue({ kind }: SettingForm, text: string): unknown {
  const plain = text.trim()
  if (kind === 'words' || kind === 'lines')
    return plain.split(kind === 'lines' ? '\n' : ',').flatMap((entry) => entry.trim() || [])
  if (plain === '') return null
  return kind === 'number' && /^[-+]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : plain
}
