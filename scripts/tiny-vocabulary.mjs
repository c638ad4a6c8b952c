/** The control tokens of Mistral's models, in the order of their ids. */
const controlTokens = (
  '<unk> <s> </s> [INST] [/INST] [AVAILABLE_TOOLS] [/AVAILABLE_TOOLS] [TOOL_RESULTS] [/TOOL_RESULTS] ' +
  '[TOOL_CALLS] <pad> [PREFIX] [MIDDLE] [SUFFIX] [SYSTEM_PROMPT] [/SYSTEM_PROMPT] [TOOL_CONTENT] [ARGS] ' +
  '[CALL_ID] [THINK] [/THINK]'
).split(' ')

const words = (
  'the and ing ion that for with you this not are from have was will can file function return const ' +
  'error test code data type name value string number true false null import export let new class async await ' +
  'if else while then call tool user model token read write list path line state agent memory task plan run ' +
  'in on at to of is it as be or an by we do so up go no my he me re er st en nd th he te ed or ti hi as to'
).split(' ')
const punctuation = ['  ', '    ', '        ', '\n\n', '": "', '", "', '{"', '"}', '();']

/** What a token is, as the file format numbers it. */
export const tokenTypes = { normal: 1, unknown: 2, control: 3, unused: 5 }

/** Builds a byte-level BPE vocabulary of `size` tokens: control tokens, all bytes, then common words. */
export function buildVocabulary(size) {
  const characters = byteCharacters()
  const tokens = [...controlTokens, ...characters]
  const types = [
    ...controlTokens.map((_, id) => (id === 0 ? tokenTypes.unknown : tokenTypes.control)),
    ...characters.map(() => tokenTypes.normal),
  ]
  const known = new Set(tokens)
  const merges = []
  for (const word of [...punctuation, ...words.map((word) => ` ${word}`), ...words]) {
    const [first, ...rest] = [...Buffer.from(word, 'utf8')].map((byte) => characters[byte])
    let token = first
    for (const character of rest) {
      const merged = token + character
      if (!known.has(merged) && tokens.length < size) {
        merges.push(`${token} ${character}`)
        tokens.push(merged)
        types.push(tokenTypes.normal)
        known.add(merged)
      }
      token = merged
    }
  }
  for (let index = 0; tokens.length < size; index++) {
    tokens.push(`[UNUSED_${index}]`)
    types.push(tokenTypes.unused)
  }
  return { tokens, types, merges }
}

/** The character that stands for each byte in a byte-level vocabulary: printable ones for themselves. */
function byteCharacters() {
  const isShown = (byte) => (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad)
  let next = 0x100
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isShown(byte) ? byte : next++))
}

const lineFeed = byteCharacters()[0x0a]
const space = byteCharacters()[0x20]

/** Whether a token of bytes writes nothing but printable ASCII and line feeds. */
export function isPrintable(token) {
  return [...token].every(
    (character) => character === lineFeed || character === space || (character >= '!' && character <= '~'),
  )
}
