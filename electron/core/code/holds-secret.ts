/** Whether a text seems to hold a secret: a private key, a service's key, a password of some length. Linear in its length. */
export function holdsSecret(text: string): boolean {
  return (
    hasPrivateKey(text) ||
    hasMatch(text, serviceKey, ([key]) => /\d/.test(key) && !standsForOne(key)) ||
    hasMatch(text, quoted, (match) => isSecretValue(match[1]!, match[2]!)) ||
    hasMatch(text, bare, (match) => isSecretValue(match[1]!, match[2]!)) ||
    hasMatch(text, inAddress, (match) => isSecretValue('password', match[1]!))
  )
}

const keyBegin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g
const keyBody = /[A-Za-z0-9+/=]{40}/
const keyHeaders = 400

/** Only with what a key consists of: programs name the line that begins one. */
function hasPrivateKey(text: string): boolean {
  return hasMatch(text, keyBegin, ({ 0: begin, index }) => {
    const start = index + begin.length
    return keyBody.test(text.slice(start, start + keyHeaders))
  })
}

const serviceKey =
  /(?<![\w-])(?:(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)|gh[pousr]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|sk-[\w-]{20,}|[sr]k_live_\w{16,}|xox[abeoprs]-[\w-]{16,}|AIza[\w-]{35}|hf_\w{30,}|npm_\w{30,}|pypi-[\w-]{40,}|dop_v1_\w{40,}|SG\.[\w-]{16,}\.[\w-]{16,}|hooks\.slack\.com\/services\/T\w{6,}\/B\w{6,}\/\w{16,})/g

const names = String.raw`(password|passwd|passphrase|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|secret[-_]?key|auth[-_]?key|credentials?)`
const quoted = new RegExp(
  String.raw`${names}(?:\\?["'])?\s{0,3}(?:=>|:=|=|:)\s{0,3}\\?["'\u0060]([^\s"'\u0060\\]{12,200})\\?["'\u0060]`,
  'gi',
)
/** A line that is nothing but a name and its value, as in YAML, in an INI file, in a list of variables. */
const bare = new RegExp(
  String.raw`^[ \t]{0,40}(?:[-#][ \t]{0,4})?(?:export |ENV |ARG )?[\w.-]{0,60}?${names}[ \t]{0,3}[=:][ \t]{0,3}([^\s"'\u0060;,(){}[\]<>$\\]{16,200})[ \t]*$`,
  'gim',
)
const inAddress = /:\/\/[^\s:/@"'`]{1,60}:([^\s:/@"'`]{12,200})@/g

const isPassword = /^pass|^pwd/i
const shortestPassword = 12
const shortestOther = 16

function isSecretValue(name: string, value: string): boolean {
  const shortest = isPassword.test(name) ? shortestPassword : shortestOther
  return (
    value.length >= shortest &&
    /\d/.test(value) &&
    /[a-z]/i.test(value) &&
    !standsForOne(value) &&
    !isCode(value)
  )
}

/** What examples and tests put in the place of a secret. */
const standsForOne = (value: string) =>
  /example|sample|dummy|fake|mock|test|change[-_]?(?:me|this)|placeholder|redacted|your|insert|replace|x{4,}|\*{3,}|12345678|abcdef|not[-_]a|^[$%{<[#]|\$\{|\{\{/i.test(
    value,
  )

/** A member, a path, an address or a word with a figure: `keys.first2`, `/run/secrets/db1`, `auth_header_v2`. */
const isCode = (value: string) =>
  /^[a-z_$][\w$]*(?:\.[a-z_$][\w$]*)+$/i.test(value) ||
  /^(?:\.{0,2}\/|[a-z][a-z0-9+.-]*:\/\/)/i.test(value) ||
  /^[a-z]+\d?(?:[-_/.:][a-z]*\d{0,2})+$/i.test(value)

function hasMatch(text: string, pattern: RegExp, isOne: (match: RegExpExecArray) => boolean): boolean {
  for (const match of text.matchAll(pattern)) if (isOne(match)) return true
  return false
}
