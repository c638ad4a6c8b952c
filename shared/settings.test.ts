import { describe, expect, test } from 'vitest'
import { Settings } from './settings.ts'

test('nothing has to be set: these are the defaults (S82, S83, S85)', () => {
  expect(Settings.parse({})).toEqual({
    workspace: '.',
    openai_api_base: 'http://127.0.0.1:8080/v1',
    openai_api_key: 'not-needed',
    openai_api_model: 'devstral',
    openai_temperature: 0.2,
    openai_max_tokens: 8192,
    allowed_hosts: [],
    llm_timeout: 300,
    llm_retry_initial_delay: 1,
    llm_retry_max_delay: 60,
    task_retry_attempts: 3,
    llm_max_continuations: 3,
    max_concurrent_agents: 5,
    max_concurrent_runs: 16,
    include: [],
    code_share: 0.5,
    log_level: 'INFO',
    log_file: null,
    log_max_megabytes: 10,
    log_files_kept: 5,
    backups_kept: 10,
    backup_directory: null,
    extractor: null,
    llama_server: {
      binary: 'llama-server',
      model: null,
      hf: 'unsloth/Devstral-Small-2-24B-Instruct-2512-GGUF:UD-Q4_K_XL',
      gpu_layers: 99,
      ctx_size: 16_384,
      slots: 1,
      extra_args: [],
      start_timeout: 120,
    },
    agents: {
      business_analyst: { enabled: true },
      developer: { enabled: true, languages: ['python', 'javascript', 'typescript'], frameworks: [] },
      qa_engineer: {
        enabled: true,
        test_frameworks: ['pytest', 'jest', 'playwright'],
        coverage_threshold: 80,
      },
      devops_engineer: {
        enabled: true,
        platforms: ['docker', 'kubernetes', 'aws'],
        ci_cd_tools: ['github_actions'],
      },
      technical_writer: { enabled: true, formats: ['markdown'], style_guide: 'google' },
    },
  })
})

test('two readings share no list or section, so that a change to one is no change to the other', () => {
  Settings.parse({}).agents.developer.languages.push('cobol')
  expect(Settings.parse({}).agents.developer.languages).not.toContain('cobol')
})

const invisible = ['a\nb', 'a\u0000b', 'a\u202eb', 'a\u2028b', 'a\u009bb']

describe('bounds (S106)', () => {
  test.each<[key: string, good: unknown[], bad: unknown[]]>([
    ['workspace', ['.', '/srv/it'], ['', ...invisible]],
    [
      'openai_api_base',
      ['http://localhost:1/v1', 'https://127.0.0.1', 'http://h/a@b'],
      ['', 'localhost', 'file:///x', 'ftp://x', 'http://me:secret@h/v1', 'http://me@h'],
    ],
    ['openai_api_key', ['k'], ['', 'a b', 'a\nb', 'ключ']],
    ['openai_api_model', ['m', 'a b/c:d'], ['', ...invisible]],
    ['openai_temperature', [0, 2], [-0.1, 2.1, Number.NaN, '0.2']],
    ['openai_max_tokens', [16, 1_048_576], [15, 16.5, 1_048_577, Number.POSITIVE_INFINITY]],
    [
      'allowed_hosts',
      [['gpu', 'gpu.example', '192.0.2.7', 'fe80::1', 'GPU_2']],
      [['http://gpu'], ['gpu:80'], ['*.gpu'], ['gpu.'], ['[::1]'], [''], ['a b'], 'gpu'],
    ],
    ['llm_timeout', [0.5, 86_400], [0, -1, 86_401, Number.POSITIVE_INFINITY]],
    ['llm_retry_initial_delay', [0, 86_400], [-1, 86_401]],
    ['llm_retry_max_delay', [0, 86_400], [-1, 86_401]],
    ['task_retry_attempts', [1, 20], [0, 21, 2.5]],
    ['llm_max_continuations', [0, 20], [-1, 21]],
    ['max_concurrent_agents', [1, 64], [0, 65]],
    ['max_concurrent_runs', [1, 1000], [0, 1001]],
    [
      'include',
      [['src/**/*.py', '!src/old', '..a', 'a..b']],
      [['../x'], ['a/../../b'], ['/etc/passwd'], ['~/x'], ['C:\\x'], ['a\\..\\b'], ['!../x'], ['']],
    ],
    ['code_share', [0, 0.9], [-0.1, 0.91, 1]],
    ['log_level', ['DEBUG', 'WARNING'], ['debug', 'TRACE', null]],
    ['log_file', ['a.log', null], ['', ...invisible]],
    ['log_max_megabytes', [0.1, 10_000], [0, 10_001]],
    ['log_files_kept', [1, 1000], [0, 1001]],
    ['backups_kept', [0, 10_000], [-1, 1.5]],
    ['backup_directory', ['b', null], ['']],
    ['llama_server.binary', ['/opt/llama-server'], ['', null]],
    ['llama_server.model', ['/m.gguf', null], ['']],
    ['llama_server.hf', ['a/b', 'a/b:Q4_K_M'], ['', 'a', '--help', '-a/b', 'a/b c']],
    ['llama_server.gpu_layers', [0, 1000], [-1, 1001, 'all']],
    ['llama_server.ctx_size', [512, 1_048_576], [0, 511, 1.5]],
    ['llama_server.slots', [1, 64], [0, 65]],
    ['llama_server.extra_args', [['-t', '4']], ['-t 4', [4], ['a\0']]],
    ['llama_server.start_timeout', [0.5, 86_400], [0, -1]],
    ['agents.business_analyst.enabled', [true, false], ['no', 1, null]],
    ['agents.business_analyst.temperature', [0, 2], [-1, 3, null]],
    ['agents.business_analyst.max_tokens', [16], [15, null]],
    ['agents.developer.languages', [[], ['rust']], ['rust', [''], [1], ['x'.repeat(101)], invisible]],
    ['agents.developer.frameworks', [['django']], [Array.from({ length: 51 }, () => 'x')]],
    ['agents.qa_engineer.test_frameworks', [['unittest']], ['unittest']],
    ['agents.qa_engineer.coverage_threshold', [0, 100], [-1, 101]],
    ['agents.devops_engineer.platforms', [['aws']], [{}]],
    ['agents.devops_engineer.ci_cd_tools', [['gitlab_ci']], [null]],
    ['agents.technical_writer.formats', [['markdown', 'confluence', 'openapi']], [[], ['pdf'], 'markdown']],
    ['agents.technical_writer.style_guide', ['microsoft'], ['', ...invisible]],
  ])('%s', (key, good, bad) => {
    const accepts = (value: unknown) => Settings.safeParse(nested(key.split('.'), value)).success
    expect(good.map(accepts)).toEqual(good.map(() => true))
    expect(bad.map(accepts)).toEqual(bad.map(() => false))
  })

  test.each(['llm_timout', 'agents.developer.language', 'agents.qa', 'llama_server.port'])(
    '%s, which nobody knows, is refused, so that a misspelled one is noticed',
    (key) => expect(Settings.safeParse(nested(key.split('.'), 3)).success).toBe(false),
  )
})

function nested([name = '', ...rest]: string[], value: unknown): Record<string, unknown> {
  return { [name]: rest.length === 0 ? value : nested(rest, value) }
}
