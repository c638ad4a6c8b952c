import { z } from 'zod'

const longestSeconds = 86_400
const mostTokens = 1_048_576

/** Text of one line, without characters that nobody sees: it goes into prompts and onto terminals. */
const line = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Bidi_Control}\u2028\u2029]*$/u)
const word = line(60).describe('a few words on one line')
const words = (...defaults: string[]) => z.array(word).max(12).default(defaults)
const path = line(4096).describe('a path')
const temperature = z.number().min(0).max(2)
const answerTokens = z.int().min(16).max(mostTokens)
const seconds = z.number().positive().max(longestSeconds)

const agent = {
  /** Whether the agent may be given work. */
  enabled: z.boolean().default(true),
  /** Instead of `openai_temperature`. */
  temperature: temperature.optional(),
  /** Instead of `openai_max_tokens`. */
  max_tokens: answerTokens.optional(),
}

/** What each agent of the team is told of the person's preferences. */
const Agents = z.strictObject({
  business_analyst: z.strictObject(agent).prefault({}),
  developer: z
    .strictObject({
      ...agent,
      /** Programming languages, the preferred ones first. */
      languages: words('python', 'javascript', 'typescript'),
      /** Frameworks to build on where they fit. */
      frameworks: words(),
    })
    .prefault({}),
  qa_engineer: z
    .strictObject({
      ...agent,
      /** Frameworks that tests are written for, the preferred ones first. */
      test_frameworks: words('pytest', 'jest', 'playwright'),
      /** Percent of the code that tests should reach. */
      coverage_threshold: z.number().min(0).max(100).default(80),
    })
    .prefault({}),
  devops_engineer: z
    .strictObject({
      ...agent,
      /** What the project is deployed on. */
      platforms: words('docker', 'kubernetes', 'aws'),
      /** What builds and checks the project. */
      ci_cd_tools: words('github_actions'),
    })
    .prefault({}),
  technical_writer: z
    .strictObject({
      ...agent,
      /** What documents are written as. */
      formats: z
        .array(z.enum(['markdown', 'confluence', 'openapi']))
        .min(1)
        .max(3)
        .default(['markdown']),
      /** The style guide that documents follow. */
      style_guide: word.default('google'),
    })
    .prefault({}),
})

/** How Paddock starts a llama-server of its own. */
const LlamaServer = z.strictObject({
  /** The program: a path, or a name on the search path. */
  binary: path.default('llama-server'),
  /** A .gguf file on this machine; without one Paddock starts no server. */
  model: path.nullable().default(null),
  /** What the start command names where there is no file. */
  hf: line(200)
    .regex(/^[A-Za-z0-9][\w.-]*\/[\w.-]+(:[\w.-]+)?$/)
    .describe('a model as owner/name:quantisation')
    .default('unsloth/Devstral-Small-2-24B-Instruct-2512-GGUF:UD-Q4_K_XL'),
  /** Layers of the model that go to the graphics card. */
  gpu_layers: z.int().min(0).max(1000).default(99),
  /** Tokens that each slot holds. */
  ctx_size: z.int().min(512).max(mostTokens).default(16_384),
  /** Calls that the server works on at once. */
  slots: z.int().min(1).max(64).default(1),
  /** Further arguments of the program. */
  extra_args: z
    .array(
      line(4096)
        .regex(/^(?!--api-key(=|$))/)
        .describe('an argument, but not --api-key, which everyone could see: set openai_api_key'),
    )
    .max(100)
    .default([]),
  /** Seconds until a server that does not answer has failed. */
  start_timeout: seconds.default(120),
})

/** Every setting, its bounds and its default. Names are the specification's. */
export const Settings = z.strictObject({
  /** The folder that files are for. */
  workspace: path.default('.'),
  /** Where the model server listens. */
  openai_api_base: z
    .url({ protocol: /^https?$/ })
    // A password or a key in it would be shown wherever the address is.
    .regex(/^https?:\/\/[^/?#@]*(\/[^?#]*)?$/i)
    .describe('an address such as http://127.0.0.1:8080/v1, without user and password, or anything after a ?')
    .default('http://127.0.0.1:8080/v1'),
  /** The key that the server asks for. */
  openai_api_key: z
    .string()
    .max(4096)
    .regex(/^[\x21-\x7e]+$/)
    .describe('a key without blanks, in plain ASCII')
    .default('not-needed'),
  /** The model that is asked for; where the server does not have it, its first one is used. */
  openai_api_model: line(500).describe('the name of a model').default('devstral'),
  /** How much chance an answer has. */
  openai_temperature: temperature.default(0.2),
  /** Tokens that one answer may have before it is continued. */
  openai_max_tokens: answerTokens.default(8192),
  /** Hosts that are not this machine and that the person permits as the server's. */
  allowed_hosts: z
    .array(
      line(253)
        .regex(/^([a-z0-9]([a-z0-9._-]*[a-z0-9])?|[0-9a-f:]*:[0-9a-f:.]*)$/i)
        .describe('a host such as gpu.example or 192.0.2.7, without http://, port or *'),
    )
    .max(50)
    .default([]),
  /** Seconds of silence from the server after which a call has failed. */
  llm_timeout: seconds.default(300),
  /** Seconds before the second try of a call; it doubles from there, up to the maximum. */
  llm_retry_initial_delay: z.number().min(0).max(longestSeconds).default(1),
  /** Seconds that no wait between two tries exceeds. */
  llm_retry_max_delay: z.number().min(0).max(longestSeconds).default(60),
  /** How often a call is tried in all when its failure may pass by itself. */
  task_retry_attempts: z.int().min(1).max(20).default(3),
  /** How often a cut-off answer is continued before its file counts as incomplete. */
  llm_max_continuations: z.int().min(0).max(20).default(3),
  /** How many calls are under way at once, at most; fewer where the server has fewer slots. */
  max_concurrent_agents: z.int().min(1).max(64).default(5),
  /** How many runs are under way at once, at most; the others wait, older ones first. */
  max_concurrent_runs: z.int().min(1).max(1000).default(16),
  /** Globs of the workspace's files that runs are given. */
  include: z
    .array(
      line(500)
        .regex(/^(?!!?(.*[\\/])?\.\.([\\/]|$))(?!!?[\\/~])(?!!?[A-Za-z]:)/)
        .describe('a glob inside the workspace, such as src/**/*.py'),
    )
    .max(100)
    .default([]),
  /** Share of a prompt that existing code may take. */
  code_share: z.number().min(0).max(0.9).default(0.5),
  /** The least that is logged. */
  log_level: z.enum(['DEBUG', 'INFO', 'WARNING', 'ERROR']).default('INFO'),
  /** Null: `logs/paddock.log` in the data folder. */
  log_file: path.nullable().default(null),
  /** Size at which a log file is put aside and a new one begun. */
  log_max_megabytes: z.number().positive().max(10_000).default(10),
  /** Log files that are kept beside the one that is written. */
  log_files_kept: z.int().min(1).max(1000).default(5),
  /** Runs whose outputs are kept a second time; 0: none. */
  backups_kept: z.int().min(0).max(10_000).default(10),
  /** Null: `backups` in the data folder. */
  backup_directory: path.nullable().default(null),
  /** A module that finds files in a format of your own; it runs as a part of Paddock. */
  extractor: line(4096)
    .regex(/^(?:[\\/]|[A-Za-z]:[\\/])/)
    .describe('the whole path of a module, which begins at the root')
    .nullable()
    .default(null),
  /** How Paddock starts a llama-server of its own. */
  llama_server: LlamaServer.prefault({}),
  /** What each agent is told of the person's preferences. */
  agents: Agents.prefault({}),
})
/** The settings that are in force. */
export type Settings = z.infer<typeof Settings>
/** Some settings, nested as in a file: what is left out keeps its default. */
export type SomeSettings = z.input<typeof Settings>
