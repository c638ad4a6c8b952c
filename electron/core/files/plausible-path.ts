import { AppError } from '../../../shared/errors.ts'
import { contradictsLanguage, describeName } from './file-kinds.ts'
import { checkPath } from './path-rules.ts'

/** A name that can be a file's, in normal form, or why it cannot. */
type PathVerdict =
  { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string }

const MAX_LENGTH = 300

/** What a text is instead of a path, in words after its quotation. The first that fits is told. */
const prose: readonly { reads: (text: string) => boolean; as: string }[] = [
  { reads: (text) => text.length > MAX_LENGTH, as: 'is too long for a path' },
  { reads: (text) => /^[a-z][a-z0-9+.-]*:\/\/|^www\.|^mailto:/i.test(text), as: 'is a web address' },
  { reads: (text) => /^[\w-]+:\s/.test(text), as: 'reads as a header line' },
  { reads: (text) => /[<>{}]/.test(text), as: 'holds a placeholder' },
  { reads: (text) => /^[$%#>]\s|\s--?\w|\s(?:&&|\|\|?|;)\s/.test(text), as: 'reads as a command' },
  { reads: (text) => /\s/.test(text), as: 'holds a space, so it reads as a command or a sentence' },
  { reads: (text) => /[`'"*?|;:,=!&^%]/.test(text), as: 'holds a character that no path has' },
  {
    reads: (text) => /(?:^|[\\/])path[\\/]to[\\/]|^example_only[\\/]/i.test(text),
    as: "repeats the prompt's example",
  },
  { reads: (text) => /(?:^|[\\/])-/.test(text), as: 'has a part that reads as an option' },
  { reads: (text) => /\$[A-Z_(]/.test(text), as: 'holds a variable' },
  { reads: (text) => /(?:^|[\\/])\.{3,}(?:[\\/]|$)|…/.test(text), as: 'leaves a part out' },
  { reads: (text) => /[()[\]]/.test(text.slice(text.lastIndexOf('.'))), as: 'reads as a call' },
]

const withBlanks =
  /^(?!(?:\.|usr|bin|opt)\/)(?:[\p{L}\p{N}_.@-]+\/)+[\p{L}\p{N}_(][\p{L}\p{N}_.()-]*(?: [\p{L}\p{N}_(][\p{L}\p{N}_.()-]*){1,5}\.\w{1,8}$/u

const placeholderStem = /^(?:file[-_ ]?name|your[-_].*|yourfile|the[-_]file)$/i
// The names of products that read like scripts, and a member of an object that reads like a log file.
const products =
  /^(?:(?:Node|Vue|Next|Nuxt|React|Express|Three|Chart|D3|P5|Ember|Backbone|Angular|Alpine|Discord|Nest|Ext|Moment)\.(?:js|JS)|node\.js|console\.log|process\.env)$/
const hosts = /^(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|app|ai|edu|gov|co)$/i
const binaries =
  /^(?:png|jpe?g|gif|webp|ico|bmp|pdf|zip|gz|tgz|tar|7z|exe|dll|so|dylib|class|jar|pyc|o|a|woff2?|ttf|otf|eot|mp[34]|wav|ogg|docx?|xlsx?|pptx?|db|sqlite3?)$/

/**
 * Judges whether a text can be the path of a text file, and of a block in that language where one is given.
 * `quoted`: it stands in quotes, backticks or an attribute. Strict on purpose: a refused name costs a question, an invented one a wrong file.
 */
export function isPlausiblePath(text: string, language?: string | null, quoted = false): PathVerdict {
  if (text.length > MAX_LENGTH) return judge(text, language, quoted)
  // An answer says a name several times, and several readings of it ask.
  const key = `${language ?? ''}\n${quoted}${text}`
  const known = verdicts.get(key)
  if (known) return known
  const verdict = judge(text, language, quoted)
  if (verdicts.size >= mostVerdicts) verdicts.clear()
  verdicts.set(key, verdict)
  return verdict
}

const mostVerdicts = 500
const verdicts = new Map<string, PathVerdict>()

function judge(text: string, language: string | null | undefined, quoted: boolean): PathVerdict {
  const refuse = (why: string): PathVerdict => ({ ok: false, reason: `${quote(text)} ${why}.` })

  if (text.trim() === '') return { ok: false, reason: 'The name is empty.' }
  // In quotes a name may hold blanks, as long as it cannot be a command.
  const asked = quoted && withBlanks.test(text) ? text.replaceAll(' ', '_') : text
  const rule = prose.find(({ reads }) => reads(asked))
  if (rule) return refuse(rule.as)

  const path = normalize(text)
  if (typeof path !== 'string') return { ok: false, reason: path.message }

  const segments = path.split('/')
  const name = segments.at(-1) ?? ''
  const isBare = segments.length === 1
  if (placeholderStem.test(name.split('.', 1)[0] ?? '')) return refuse('is a placeholder for a name')
  if (hosts.test(segments[0] ?? '') && !(isBare && describeName(name).known))
    return refuse('is a web address')
  if (isBare && products.test(name)) return refuse('is the name of something else than a file')

  const { extension, known } = describeName(name)
  if (!known) {
    if (extension === null) return refuse('has no extension and is not a known name of a file')
    if (extension === 'ext' || !/^[a-z](?:[a-z0-9_+-]{0,14}[a-z0-9+])?$/.test(extension))
      return refuse('has no real extension')
    if (binaries.test(extension)) return refuse('is not a text file')
    // Without a folder, `os.path` and `app.run` look just like it.
    if (isBare) return refuse('has an extension that is not known, and no folder')
  }
  if (contradictsLanguage(name, language)) return refuse(`is not a file in ${language}`)
  return { ok: true, path }
}

function normalize(text: string): string | AppError {
  try {
    return checkPath(text)
  } catch (error) {
    return AppError.from(error)
  }
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text)
}
