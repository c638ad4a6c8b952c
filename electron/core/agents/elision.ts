/** A comment that stands for code: `// ... rest of the code unchanged`, `# existing methods here`. */
const marker =
  /^\s*(?:#|\/\/|\/\*+|\*|--|<!--|;|%|\{\/\*)\s*[[(]?\s*(?:\.{2,}|…)?\s*(?:(?:the )?(?:rest|remainder) of|(?:all )?(?:the )?(?:existing|previous|other|remaining|unchanged) (?:code|functions?|methods?|imports?|tests?|lines|parts?|content|class(?:es)?)\b|(?:code|everything(?: else)?|all else) (?:remains|stays|is) (?:the same|unchanged|as)|same as (?:before|above)|unchanged\b)/i

/** The first line of a file that stands for lines left out, where the file as it was had no such line; else null. */
export function findElision(content: string, before: string): string | null {
  const known = new Set(before.split('\n').map((line) => line.trim()))
  const found = content
    .split('\n')
    .find((line) => line.length < 300 && marker.test(line) && !known.has(line.trim()))
  return found?.trim() ?? null
}
