import { judgeCompleteness } from './complete.ts'
import { isMarkdown } from './file-kinds.ts'
import { CodeLexer, syntaxOf } from './lex-code.ts'
import { anyOf } from './words.ts'

const talk = anyOf(
  "sure|certainly|of course|here(?:['’]s| is| are)|okay|i(?:['’]ll|['’]m| will| have| would| can(?:not)?)|let me|this (?:file|code|script|will)|the following|note that|as requested",
  'hier ist|voici|aquí (?:está|tienes)|aqui está|вот|конечно|以下|好的|当然|はい|もちろん|다음은',
)
const sentence = /^[\p{Lu}\p{Lo}][^{}()[\]=<>;]*\s\S+\s\S+[.!?。！？:：]\s*$/u
/** How texts of a kind begin, where the lexer knows too little of them. */
const begins: readonly (readonly [RegExp, RegExp])[] = [
  [/\.(?:html?|xhtml|svg|xml|vue|svelte)$/i, /^\s*</],
  [/\.(?:sh|bash|zsh)$/i, /^#!/],
  [/\.ya?ml$/i, /^(?:---|#|[\w."'-]+:(?:\s|$))/],
  [/\.(?:toml|ini|cfg|conf)$/i, /^(?:\[|#|;|[\w."-]+\s*=)/],
  [/\.(?:tf|hcl|tfvars)$/i, /^(?:#|\/\/|[\w-]+(?:\s+"[^"]*"){0,2}\s*[{=])/],
  [/\.sql$/i, /^\s*(?:--|\/\*|(?:create|insert|select|alter|drop|begin|with|update|delete|pragma|set)\b)/i],
  [/(?:^|\/)(?:Dockerfile|Containerfile)[^/]*$/, /^(?:#|FROM |ARG )/],
  [/(?:^|\/)(?:GNU)?[Mm]akefile$|\.mk$/, /^(?:#|\.PHONY|[\w.-]+\s*[:?+]?[=:])/],
  [/(?:^|\/)requirements[^/]*\.txt$/, /^[\w[\].-]+\s*(?:[=<>~!]=|$)/],
]

/**
 * Whether an answer without a fence or tag is the file itself, which it was asked for alone. Only what begins and ends as
 * such files do, is whole, and has no sentence to the reader in it counts.
 */
export function isBareFile(text: string, path: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const [first = ''] = lines
  const last = lines.at(-1) ?? ''
  if (lines.length < 2 || [first, last].some((line) => talk.test(line.slice(0, 200)))) return false
  if (isMarkdown(null, path)) return /^(?:# \S|---\s*$)/.test(first)
  if (!judgeCompleteness({ content: text, language: null, closed: true }, path).complete) return false
  const known = begins.find(([kind]) => kind.test(path))
  if (known) return known[1].test(first) && !sentence.test(last)
  return isCode(text, path) && !sentence.test(first) && !sentence.test(last)
}

/** Whether a text is code of the path's language as far as brackets, texts and line ends tell. */
function isCode(text: string, path: string): boolean {
  const syntax = syntaxOf(null, path)
  if (syntax === null) return false
  if (syntax === 'json') {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  const lexer = new CodeLexer(syntax)
  let outside = 0
  for (const line of text.split(/(?<=\n)/)) {
    if (lexer.until === null && lexer.depth === 0 && sentence.test(line)) outside++
    lexer.read(line)
  }
  return (
    !lexer.isDoubtful && lexer.until === null && lexer.depth === 0 && outside === 0 && /[=({;:]/.test(text)
  )
}
