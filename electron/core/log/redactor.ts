/** Takes secrets out of a text. */
export type Redact = (text: string) => string

/** What stands in the place of a secret. */
export const hidden = '[redacted]'

/** Shorter ones would be found in ordinary words. */
const shortest = 6

/** What the key is called where none is needed: no secret. */
export const noKey = 'not-needed'

/**
 * Makes the function that takes the given secrets, and whatever has the shape of a well-known kind of secret, out of any
 * text, in time linear in its length. It errs on the side of leaving ordinary code as it is.
 */
export function createRedactor(secrets: readonly string[] = []): Redact {
  const known = patternOf(secrets)
  return (text) => {
    try {
      const own = known ? text.replace(known, hidden) : text
      return shapes.reduce((left, shape) => left.replace(shape.pattern, shape.hide), own)
    } catch {
      // Some millions of characters without a blank are too much for a pattern: what cannot be searched is left out.
      return hidden
    }
  }
}

/** The secrets as they are, and as they stand in JSON, in an address and in base64. */
function patternOf(secrets: readonly string[]): RegExp | null {
  const spellings = secrets.flatMap((secret) =>
    secret.length < shortest || secret === noKey ? [] : spellingsOf(secret),
  )
  if (spellings.length === 0) return null
  const longestFirst = [...new Set(spellings)].sort((one, other) => other.length - one.length)
  return new RegExp(
    longestFirst.map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)).join('|'),
    'g',
  )
}

const spellingsOf = (secret: string) => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret.toWellFormed()),
  Buffer.from(secret).toString('base64'),
  Buffer.from(secret).toString('base64url'),
]

type Shape = { readonly pattern: RegExp; readonly hide: (match: string, ...groups: string[]) => string }

// Each pattern starts at few places and reads to the end of a run that no other start lies in: that keeps it linear.
const shapes: readonly Shape[] = [
  {
    // Private keys: to their end, or as far as the block goes where its end was cut off.
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----((?:[\w\s+/=:,.\\]+|-(?!----)){0,200})(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----)?/g,
    hide: (match, body) => (body!.trim().length < 16 ? match : hidden),
  },
  {
    // Keys of well-known services; each has its own beginning.
    pattern:
      /(?<![\w-])(?:sk-[\w-]{16,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|hf_\w{20,}|npm_\w{20,}|xox[abeoprs]-[\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)|AIza[\w-]{30,})/g,
    hide: (match) => (/\d/.test(match) ? hidden : match),
  },
  {
    // JSON Web Tokens.
    pattern: /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
    hide: () => hidden,
  },
  {
    // User and password, or a token, before the host of an address.
    pattern: /:\/\/([^\s/"'`<>\\]+)@/g,
    hide: (match, user) => (isLogin(user!) ? `://${hidden}@` : match),
  },
  {
    pattern: /\b(Bearer|Basic)(\s{1,3})([\w.~+/-]{6,}={0,2})/gi,
    hide: (match, scheme, space, token) => (isWord(token!) ? match : `${scheme}${space}${hidden}`),
  },
  {
    // A name that says what it holds, and its value in quotes.
    pattern:
      /((?:password|passwd|passphrase|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|authorization)(?:\\?["'])?\s{0,3}(?:=|:)\s{0,3}\\?(["'`]))([^\s"'`\\]{6,})(?=\\?["'`])/gi,
    hide: (match, start, _quote, value) => (isPlaceholder(value!) ? match : `${start}${hidden}`),
  },
  {
    // The same without quotes, as in an environment file, a query or a header.
    pattern:
      /((?:password|passwd|passphrase|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key)(\s{0,3}(?:=|:)\s{0,3}))([^\s"'`,;&(){}[\]<>=\\$]{6,}={0,2})/gi,
    hide: (match, start, sign, value) =>
      looksRandom(value!, sign === '=' ? shortest : 8) && !isName(value!) ? `${start}${hidden}` : match,
  },
]

/** Whether a text could be a key: letters and digits, and no way to a member such as `keys.first2`. */
const looksRandom = (text: string, length: number) =>
  text.length >= length &&
  /\d/.test(text) &&
  /[a-z]/i.test(text) &&
  !/^[a-z_$][\w$]*(?:\.[a-z_$][\w$]*)+$/i.test(text)

const isLogin = (text: string) =>
  !opensPlaceholder.test(text) && (text.includes(':') || looksRandom(text, 20))

/** Words such as `Authentication`, `tokens` and `access_token`. */
const isWord = (text: string) => /^[A-Z]?[a-z]+(?:[-_/.][a-z]+)*\.?$/.test(text)

/** What stands for a value: `${TOKEN}`, `<password>`, `OPENAI_API_KEY`, `your-key`, `openai_api_key`. */
const isPlaceholder = (text: string) =>
  opensPlaceholder.test(text) || /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(text) || isName(text)

const opensPlaceholder = /^(?:[$%#?.{(<[]|your[-_]|(?:string|required|not-needed)$)|[${]\{/

/** What is called after its kind is a name in a program: `CachedX509Token`. */
const isName = (text: string) => /^[\w-]*(?:password|secret|token|key)s?$/i.test(text)
