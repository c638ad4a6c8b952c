import type { Figures } from '../shared/reports.ts'
import { strings } from './strings.ts'

/** A setting in words: what it is called, what its numbers count, what its choices mean. */
export type SettingWords = {
  readonly label: string
  readonly unit?: string
  readonly hint?: string
  /** What each of its choices means. */
  readonly choices?: Readonly<Record<string, string>>
}

const measured = (value: number | null, unit: string) =>
  value === null
    ? 'Not measured'
    : `${value.toLocaleString('en', { maximumSignificantDigits: 3, useGrouping: true })} ${unit}`
const megabytes = (value: number | null) =>
  value !== null && value >= 1000 ? measured(value / 1000, 'GB') : measured(value, 'MB')

/** What the screen of settings says. */
export const settingsStrings = {
  title: 'Settings',
  lead: 'The environment goes over your file, and your file over the defaults.',
  find: 'Find a setting',
  sections: 'Sections',
  counts: 'Numbers count settings that differ from the default.',
  machine: 'This machine',
  machineLead: 'What is there, what is missing, and what to do.',
  again: 'Look again',
  looking: 'Looking at this machine',
  reading: 'Reading the settings',
  appearance: 'Appearance and keys',
  theme: 'Theme',
  themes: { system: "The system's", dark: 'Dark', light: 'Light' },
  letters: 'Single-letter keys',
  lettersHint: 'Keys such as / and ? outside text fields. The others always work.',
  here: 'Kept by this window, not in your file.',
  columns: { setting: 'Setting', value: 'Value', source: 'Where it comes from' },
  none: 'No setting is called that.',
  origins: {
    default: 'Default',
    'user file': 'Your file',
    'workspace file': "The workspace's file",
    '.env file': '.env file',
    environment: 'Environment',
    'run time': 'Given at the start',
  } as Readonly<Record<string, string>>,
  changeIn: (where: string) => `Change it in ${where}`,
  changeVariable: (name: string) => `Change or unset ${name}, then start Paddock again`,
  changeStart: 'Start Paddock without it to change it here',
  line: (where: string) => where,
  reset: 'Use the default',
  saving: 'Saving',
  on: 'On',
  off: 'Off',
  secret: 'A key is set',
  noValue: 'Not set',
  listHint: 'Separated by commas',
  linesHint: 'One a line',
  notUsed: 'This was not saved. The value before is still in force.',
  changed: 'What you changed counts from the next run on.',
  changedHint:
    'Runs that are under way keep the settings that they began with. What waits for the next start of Paddock says so.',
  versions: 'Earlier versions',
  versionsTitle: 'Earlier versions of your file',
  versionsLead: 'Each change keeps what the file was before. Putting one back keeps the present one too.',
  noVersions: 'None yet: nothing was changed.',
  putBack: 'Put back',
  putBackDone: 'The earlier version is back.',
  status: {
    title: 'System status',
    none: 'No run yet. What its agents do is shown here from the first run on.',
    totals: (agents: number, tasks: number) =>
      `${agents} agents, ${tasks} ${tasks === 1 ? 'task' : 'tasks'} completed in the latest run`,
    asOf: (time: string) => `as of ${time}`,
    columns: ['Agent', 'Role', 'State', 'Current task', 'Completed tasks'],
    noTask: 'None',
    figures: (figures: Figures): readonly (readonly [string, string])[] => [
      ['Memory of Paddock', megabytes(figures.memory_mb)],
      ['Processor time', measured(figures.processor_seconds, 's')],
      ['Ledger', megabytes(figures.ledger_mb)],
      ['Free on its disk', megabytes(figures.free_disk_mb)],
      ['Slots', `${figures.slots.busy} of ${figures.slots.capacity} busy, ${figures.slots.waiting} waiting`],
      ['Calls that ended', String(figures.calls)],
      ['Median call', measured(figures.median_call_seconds, 's')],
      ['Pace of answers', measured(figures.tokens_per_second, 'tok/s')],
      ['Length of the run', measured(figures.run_minutes, 'min')],
    ],
  },
  command: {
    group: 'Settings',
    find: 'Find a setting',
    again: 'Look at this machine again',
    versions: 'Earlier versions of your file',
  },
} as const

/** What the log is opened with. */
const atStart = 'Counts from the next start of Paddock'

/** The settings by section, in the order that they are shown in. */
export const settingSections: readonly {
  readonly id: string
  readonly title: string
  readonly starts: readonly string[]
}[] = [
  { id: 'model', title: 'Model', starts: ['openai_', 'allowed_hosts', 'llm_'] },
  { id: 'server', title: 'Own model server', starts: ['llama_server.'] },
  { id: 'runs', title: 'Runs', starts: ['workspace', 'max_', 'task_', 'include', 'code_share', 'extractor'] },
  { id: 'analyst', title: 'Analyst', starts: ['agents.business_analyst.'] },
  { id: 'developer', title: 'Developer', starts: ['agents.developer.'] },
  { id: 'qa', title: 'QA engineer', starts: ['agents.qa_engineer.'] },
  { id: 'devops', title: 'DevOps engineer', starts: ['agents.devops_engineer.'] },
  { id: 'writer', title: 'Technical writer', starts: ['agents.technical_writer.'] },
  { id: 'storage', title: 'Log and backups', starts: ['log_', 'backup'] },
  { id: 'more', title: 'More', starts: [''] },
]

const agentWords: Readonly<Record<string, SettingWords>> = {
  enabled: { label: 'May be given work' },
  temperature: { label: 'Temperature', hint: 'Instead of the common one' },
  max_tokens: { label: 'Longest answer', unit: 'tokens', hint: 'Instead of the common one' },
  languages: { label: 'Programming languages' },
  frameworks: { label: 'Frameworks' },
  test_frameworks: { label: 'Test frameworks' },
  coverage_threshold: { label: 'Coverage that tests should reach', unit: '%' },
  platforms: { label: 'Deployed on' },
  ci_cd_tools: { label: 'Builds and checks with' },
  formats: { label: 'Documents are written as' },
  style_guide: { label: 'Style guide' },
}

const words: Readonly<Record<string, SettingWords>> = {
  workspace: { label: 'Folder that files are for' },
  openai_api_base: { label: 'Server address' },
  openai_api_key: { label: 'Key of the server' },
  openai_api_model: { label: 'Model name' },
  openai_temperature: { label: 'Temperature' },
  openai_max_tokens: { label: 'Longest answer', unit: 'tokens' },
  allowed_hosts: { label: 'Other machines that are permitted' },
  llm_timeout: { label: 'Give up after silence of', unit: 'seconds' },
  llm_retry_initial_delay: { label: 'Wait before the second try', unit: 'seconds' },
  llm_retry_max_delay: { label: 'Longest wait between tries', unit: 'seconds' },
  llm_max_continuations: { label: 'Continue a cut-off answer', unit: 'times' },
  task_retry_attempts: { label: 'Tries of one call', unit: 'tries' },
  max_concurrent_agents: { label: 'Calls at the same time', unit: 'calls' },
  max_concurrent_runs: { label: 'Runs at the same time', unit: 'runs' },
  include: { label: 'Files of the workspace that runs are given' },
  code_share: { label: 'Share of a prompt that code may take' },
  extractor: { label: 'Module for answers in a format of your own', hint: 'Its whole path' },
  log_level: { label: 'Least that is logged', hint: atStart, choices: strings.levels },
  log_file: { label: 'Log file', hint: atStart },
  log_max_megabytes: { label: 'Size of a log file', unit: 'MB', hint: atStart },
  log_files_kept: { label: 'Log files kept', unit: 'files', hint: atStart },
  backups_kept: { label: 'Runs kept a second time', unit: 'runs' },
  backup_directory: { label: 'Folder of the backups' },
  'llama_server.binary': { label: 'Program' },
  'llama_server.model': { label: 'Model file (.gguf)' },
  'llama_server.hf': { label: 'Model that the start command names' },
  'llama_server.gpu_layers': { label: 'Layers on the graphics card', unit: 'layers' },
  'llama_server.ctx_size': { label: 'Context of a slot', unit: 'tokens' },
  'llama_server.slots': { label: 'Slots', unit: 'slots' },
  'llama_server.extra_args': { label: 'Further arguments' },
  'llama_server.start_timeout': { label: 'Give up starting after', unit: 'seconds' },
}

/** A setting in words; one that has none yet goes by its own name. */
export function settingWords(key: string): SettingWords {
  const last = key.split('.').at(-1)!
  if (Object.hasOwn(words, key)) return words[key]!
  if (key.startsWith('agents.') && Object.hasOwn(agentWords, last)) return agentWords[last]!
  return { label: last.replaceAll('_', ' ') }
}
