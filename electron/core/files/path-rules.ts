import { AppError } from '../../../shared/errors.ts'

const MAX_PATH_BYTES = 1024
const MAX_SEGMENT_BYTES = 255
const MAX_DEPTH = 32

/** What a text must not be, the words for it after "The path ...", and what to do instead. */
interface Rule {
  readonly breaks: (text: string) => boolean
  readonly what: string
  readonly hint: string
}

// Control, format, private and unassigned characters, lone surrogates, every blank but the plain space,
// and U+FFFD, which is what is left of bytes that were no text (overlong UTF-8, for one).
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}[\p{Z}--\u0020]\u2800\ufffd]/v
const UNSEEN_ALL = new RegExp(UNSEEN, 'gv')
// Fraction slash, division slash, set minus, big and operator (reverse) solidus, box diagonals: NFKC leaves them.
const DRAWN_SLASHES = /[\u2044\u2215\u2216\u29f5\u29f8\u29f9\u2571\u2572]/
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9])$/
const SHORT_NAME = /^[^.~]{1,6}~[0-9]{1,6}(?:\.[^.]{0,3})?$/

const pathRules: readonly Rule[] = [
  {
    breaks: (path) => UNSEEN.test(path),
    what: 'holds a character that cannot be seen',
    hint: 'Use visible characters and plain spaces only.',
  },
  {
    breaks: (path) => /%(?:[0-9a-f]{2}|u[0-9a-f]{4})/i.test(path),
    what: 'holds a percent-encoded character',
    hint: 'Write the character itself.',
  },
  {
    breaks: (path) => hasLookAlike(path),
    what: 'holds a look-alike of a dot or a slash',
    hint: 'Use the plain "." and "/".',
  },
  {
    breaks: (path) => path.startsWith('/'),
    what: 'is absolute',
    hint: 'Name the file relative to the workspace, such as "src/main.ts".',
  },
  {
    breaks: (path) => /^[a-z][a-z0-9+.-]*:/.test(foldName(path)),
    what: 'starts with a drive letter or a URL scheme',
    hint: 'Name the file relative to the workspace, such as "src/main.ts".',
  },
  {
    breaks: (path) => path.endsWith('/'),
    what: 'names a folder, not a file',
    hint: 'Add the name of the file, or drop the "/" at the end.',
  },
]

const segmentRules: readonly Rule[] = [
  {
    breaks: (name) => name === '..',
    what: 'leads out of its folder',
    hint: 'Name the file relative to the workspace, without "..".',
  },
  {
    breaks: (name) => foldName(name).startsWith('~'),
    what: 'has a part that starts with "~", which shells take for a home folder',
    hint: 'Name the file relative to the workspace, without "~".',
  },
  {
    breaks: (name) => /[. ]$/.test(name),
    what: 'has a part that ends in a dot or a space, which Windows drops',
    hint: 'Drop the dot or space.',
  },
  {
    breaks: (name) => /[<>:"|?*]/.test(name),
    what: 'holds a character that Windows does not allow',
    hint: 'Leave out < > : " | ? and *.',
  },
  {
    breaks: (name) => DEVICE.test((foldName(name).split('.', 1)[0] ?? '').trimEnd()),
    what: 'holds the name of a Windows device',
    hint: 'Choose another name than CON, PRN, AUX, NUL, COM1 or LPT1 and the like.',
  },
  {
    breaks: (name) => foldName(name) === '.git',
    what: "leads into Git's own folder",
    hint: 'Choose another folder: what lies in ".git" is Git\'s alone.',
  },
  {
    breaks: (name) => SHORT_NAME.test(foldName(name)),
    what: 'has the form of a Windows short name, which can stand for another file',
    hint: 'Choose a name without "~" and a number.',
  },
  {
    breaks: (name) => Buffer.byteLength(name) > MAX_SEGMENT_BYTES,
    what: `has a part of more than ${MAX_SEGMENT_BYTES} bytes`,
    hint: 'Choose a shorter name.',
  },
]

/**
 * Returns the path in its one normal form (forward slashes, NFC, no "." parts), or throws AppError `invalid`
 * that says what is wrong with it. The rules are the same on every operating system.
 */
export function checkPath(path: string): string {
  // Before anything else, so that the work below is bounded.
  if (path.length > MAX_PATH_BYTES) throw tooLong(path)
  const slashed = path.normalize('NFC').replaceAll('\\', '/')
  obey(pathRules, slashed, path)

  const segments = slashed.split('/').filter((segment) => segment !== '' && segment !== '.')
  for (const segment of segments) obey(segmentRules, segment, path)

  const normal = segments.join('/')
  if (normal === '') throw refuse(path, 'is empty', 'Name a file, such as "src/main.ts".')
  if (Buffer.byteLength(normal) > MAX_PATH_BYTES) throw tooLong(path)
  if (segments.length > MAX_DEPTH) {
    throw refuse(path, `is more than ${MAX_DEPTH} folders deep`, 'Use fewer folders.')
  }
  return normal
}

/** Returns the form under which two names are the same to the most forgiving file system: NFKC, case folded. */
export function foldName(name: string): string {
  // Down, up and down again also joins letters with two small or large forms: long s, dotless i, large sharp s.
  return name.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase()
}

function hasLookAlike(path: string): boolean {
  return DRAWN_SLASHES.test(path) || countDotsAndSlashes(path.normalize('NFKC')) > countDotsAndSlashes(path)
}

function countDotsAndSlashes(text: string): number {
  return text.match(/[./\\]/g)?.length ?? 0
}

function obey(rules: readonly Rule[], text: string, path: string): void {
  const broken = rules.find((rule) => rule.breaks(text))
  if (broken) throw refuse(path, broken.what, broken.hint)
}

function tooLong(path: string): AppError {
  return refuse(path, `is longer than ${MAX_PATH_BYTES} bytes`, 'Use shorter names or fewer folders.')
}

function refuse(path: string, what: string, hint: string): AppError {
  return new AppError('invalid', `The path ${quote(path)} ${what}.`, { hint })
}

// A hostile path must not be able to repaint the log or the window that shows the message.
function quote(path: string): string {
  const shown = path.length > 80 ? `${path.slice(0, 80)}...` : path
  return `"${shown.replace(UNSEEN_ALL, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)}"`
}
