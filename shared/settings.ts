import { z } from 'zod'

/** Every setting, its bounds and its default. Names are the specification's. */
export const Settings = z.strictObject({
  openai_api_base: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8080/v1'),
  openai_api_key: z.string().min(1).default('not-needed'),
  openai_api_model: z.string().min(1).default('devstral'),
  openai_temperature: z.number().min(0).max(2).default(0.2),
  /** Tokens that one answer may have before it is continued. */
  openai_max_tokens: z.int().min(16).default(8192),
  /** Seconds of silence from the server after which a call has failed. */
  llm_timeout: z.number().positive().default(300),
  /** Seconds before the second try of a call; it doubles from there, up to the maximum. */
  llm_retry_initial_delay: z.number().min(0).default(1),
  llm_retry_max_delay: z.number().min(0).default(60),
  /** How often a call is tried in all when its failure may pass by itself. */
  task_retry_attempts: z.int().min(1).max(20).default(3),
  /** How often a cut-off answer is continued before its file counts as incomplete. */
  llm_max_continuations: z.int().min(0).max(20).default(3),
  /** How many calls are under way at once, at most; fewer where the server has fewer slots. */
  max_concurrent_agents: z.int().min(1).max(64).default(5),
})
/** The settings that are in force. */
export type Settings = z.infer<typeof Settings>
