const definition =
  /\b(?:def|class|function|func|fn|fun|interface|type|struct|enum|trait|protocol|object)\b\*?[ \t]{1,9}(?:\([^()\n]{0,100}\)[ \t]{0,9})?([\p{L}_$][\p{L}\p{N}_$]{0,200})/gu
const binding = /^(?:export )?(?:const|let|var|val) ([\p{L}_$][\p{L}\p{N}_$]{0,200})/gmu

/** The first of some names that a source text defines: a function, a class, a type, a constant of a module. */
export function findDefinition(text: string, names: ReadonlySet<string>): string | null {
  if (names.size === 0) return null
  for (const pattern of [definition, binding])
    for (const [, name] of text.matchAll(pattern)) if (names.has(name!)) return name!
  return null
}
