import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { loadConfig, type Config, type ConfigSource } from './load-config.ts'

/** A configuration folder and a workspace of one test. */
export type ConfigHome = {
  readonly folder: string
  readonly workspace: string
  readonly userFile: string
  readonly workspaceFile: string
  readonly envFile: string
  readonly env: Record<string, string>
  /** Loads with this folder and workspace, and with nothing of the real environment. */
  load(source?: ConfigSource): Config
  /** What loading fails with. */
  refusal(source?: ConfigSource): AppError
  stop(): void
}

export function createConfigHome(): ConfigHome {
  const root = mkdtempSync(join(tmpdir(), 'paddock-config-'))
  const folder = join(root, 'config')
  const workspace = join(root, 'workspace')
  for (const path of [folder, workspace]) mkdirSync(path)
  const env = { PADDOCK_CONFIG_DIR: folder }
  const load = (source: ConfigSource = {}) =>
    loadConfig({ workspace, ...source, env: { ...env, ...source.env } })
  return {
    folder,
    workspace,
    userFile: join(folder, 'config.yaml'),
    workspaceFile: join(workspace, '.paddock', 'config.yaml'),
    envFile: join(folder, '.env'),
    env,
    load,
    refusal(source) {
      try {
        load(source)
      } catch (error) {
        if (error instanceof AppError) return error
        throw error
      }
      throw new Error('It was accepted.')
    },
    stop: () => rmSync(root, { recursive: true }),
  }
}

/** Writes a file, with the folders that it needs. */
export function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

/** For each setting a value that is not its default. */
export const samples: Readonly<Record<string, unknown>> = {
  workspace: '/srv/project',
  openai_api_base: 'http://127.0.0.1:9/v1',
  openai_api_key: 'sesame',
  openai_api_model: 'qwen',
  openai_temperature: 0.7,
  openai_max_tokens: 1024,
  allowed_hosts: ['gpu.example'],
  llm_timeout: 12.5,
  llm_retry_initial_delay: 0,
  llm_retry_max_delay: 30,
  task_retry_attempts: 5,
  llm_max_continuations: 1,
  max_concurrent_agents: 2,
  max_concurrent_runs: 3,
  include: ['src/**'],
  code_share: 0.25,
  log_level: 'DEBUG',
  log_file: '/var/log/paddock.log',
  log_max_megabytes: 2.5,
  log_files_kept: 7,
  backups_kept: 0,
  backup_directory: '/var/backups/paddock',
  'llama_server.binary': '/opt/llama-server',
  extractor: '/opt/format.mjs',
  'llama_server.model': '/opt/model.gguf',
  'llama_server.hf': 'someone/model:Q8_0',
  'llama_server.gpu_layers': 0,
  'llama_server.ctx_size': 32_768,
  'llama_server.slots': 4,
  'llama_server.extra_args': ['--threads', '4'],
  'llama_server.start_timeout': 60,
  ...Object.fromEntries(
    ['business_analyst', 'developer', 'qa_engineer', 'devops_engineer', 'technical_writer'].flatMap(
      (role) => [
        [`agents.${role}.enabled`, false],
        [`agents.${role}.temperature`, 0.9],
        [`agents.${role}.max_tokens`, 2048],
      ],
    ),
  ),
  'agents.developer.languages': ['rust'],
  'agents.developer.frameworks': ['django'],
  'agents.qa_engineer.test_frameworks': ['unittest'],
  'agents.qa_engineer.coverage_threshold': 95,
  'agents.devops_engineer.platforms': ['aws'],
  'agents.devops_engineer.ci_cd_tools': ['gitlab_ci'],
  'agents.technical_writer.formats': ['confluence', 'openapi'],
  'agents.technical_writer.style_guide': 'microsoft',
}
