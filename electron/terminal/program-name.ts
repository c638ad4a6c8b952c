/** How a person calls this program here: in a clone through npx, which npm's variables tell. */
export const programName = process.env['npm_command'] === undefined ? 'paddock' : 'npx paddock'

/** The commands of the program, in the order in which its help tells of them. */
export const commandNames = [
  'serve',
  'run',
  'rehearse',
  'batch',
  'resume',
  'pause',
  'cancel',
  'gate',
  'accept',
  'list',
  'show',
  'status',
  'answer',
  'audit',
  'workflows',
  'agents',
  'config',
  'doctor',
  'extract',
] as const

const spoken = new RegExp(
  `(?<!npx |[\\w/.@-])paddock(?= (?:${commandNames.join('|')}|COMMAND|--help)\\b)`,
  'g',
)

/** Words of ours that name commands of the program, as the person has to type them here. */
export const asTyped = (text: string, name: string = programName): string => text.replaceAll(spoken, name)
