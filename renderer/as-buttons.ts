import { strings } from './strings.ts'

const { screens, verbs } = strings
/** Where the window does what a command does. Those that are not here, it cannot do: they stay as they are. */
const buttons: Readonly<Record<string, string>> = {
  resume: quoted(verbs.resume),
  pause: quoted(verbs.pause),
  cancel: quoted(verbs.stop),
  show: strings.inScreen(quoted(verbs.open), screens.runs),
  list: quoted(screens.runs),
  run: quoted(screens['new-run']),
  rehearse: quoted(strings.shell.rehearsal),
  config: quoted(screens.settings),
}

function quoted(word: string): string {
  return `“${word}”`
}

const object = '(?: (?:[0-9]{8}-[0-9]{6}-[a-z0-9]{6}|ID|DOCUMENT)(?![\\w-]))?'
/** No command with further words, such as `paddock config set KEY VALUE`: a button would not do the same. */
const furtherWords = '(?! (?:set|versions|restore|path|-|[A-Z]))'
const spoken = new RegExp(
  `(\`?)(?<![\\w/.@-])paddock (${Object.keys(buttons).join('|')})\\b${object}${furtherWords}\\1`,
  'g',
)

/** What the core says, for the window: where it names a command that the window has a button for, the button is named. */
export const asButtons = (text: string): string =>
  text.replaceAll(spoken, (_, __, command: string) => buttons[command]!)
