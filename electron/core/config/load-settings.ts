import { AppError } from '../../../shared/errors.ts'
import { Settings } from '../../../shared/settings.ts'

/** What may be set from outside the app, and the setting that it becomes. */
const variables: Readonly<Record<string, keyof Settings>> = {
  OPENAI_API_BASE: 'openai_api_base',
  OPENAI_API_MODEL: 'openai_api_model',
  OPENAI_TEMPERATURE: 'openai_temperature',
  OPENAI_MAX_TOKENS: 'openai_max_tokens',
  // Not OPENAI_API_KEY: that one is often a real key for somebody else's server.
  LLAMA_API_KEY: 'openai_api_key',
  LLM_TIMEOUT: 'llm_timeout',
  TASK_RETRY_ATTEMPTS: 'task_retry_attempts',
}

/** Defaults, over them the environment, over both what is given at run time. Throws `invalid` with the name at fault. */
export function loadSettings(
  env: Readonly<Record<string, string | undefined>> = process.env,
  runtime: Partial<Settings> = {},
): Settings {
  const fromEnvironment: Record<string, unknown> = {}
  for (const [variable, key] of Object.entries(variables)) {
    const value = env[variable]
    if (value !== undefined && value !== '') fromEnvironment[key] = isNumeric(key) ? Number(value) : value
  }
  const parsed = Settings.safeParse({ ...fromEnvironment, ...runtime })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const key = String(issue?.path[0] ?? '')
  const [variable] = Object.entries(variables).find(([name, own]) => own === key && env[name]) ?? []
  throw new AppError(
    'invalid',
    `The setting ${variable ?? key} cannot be used: ${issue?.message ?? 'unknown'}.`,
    {
      hint: `Correct it, or leave it out to use the default.`,
    },
  )
}

const isNumeric = (key: keyof Settings) => typeof Settings.parse({})[key] === 'number'
