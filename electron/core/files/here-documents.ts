/** A file that a shell script writes as a here-document: `cat > src/a.py <<'EOF'`. */
export type HereDocument = {
  readonly path: string
  readonly content: string
  readonly line: number
  readonly closed: boolean
}

const opening =
  /^\s*(?:\$ )?(?:sudo )?(?:(cat|tee)\s+(?:-\s+)?)(?:>\s*(["']?)([^\s"'<>|&;]+)\2\s*<<(-?)\s*(["'\\]?)(\w+)\5?|<<(-?)\s*(["'\\]?)(\w+)\8?\s*(?:>\s*|\|\s*tee\s+)(["']?)([^\s"'<>|&;]+)\10|(["']?)([^\s"'<>|&;-][^\s"'<>|&;]*)\12\s*(?:>\s*\/dev\/null\s*)?<<(-?)\s*(["'\\]?)(\w+)\15?)\s*(?:>\s*\/dev\/null)?\s*$/

/** The files that a script writes so. One whose text the shell would change, such as by `$HOME`, is left out. */
export function readHereDocuments(text: string): HereDocument[] {
  if (!text.includes('<<')) return []
  const lines = text.match(/[^\n]*\n|[^\n]+/g) ?? []
  const found: HereDocument[] = []
  for (let at = 0; at < lines.length; at++) {
    const start = opening.exec(lines[at]!.length > 500 ? '' : lines[at]!)
    if (!start) continue
    const path = start[3] ?? start[11] ?? start[13] ?? ''
    const dash = (start[4] ?? start[7] ?? start[14]) === '-'
    const quote = start[5] ?? start[8] ?? start[15] ?? ''
    const word = start[6] ?? start[9] ?? start[16] ?? ''
    let end = at + 1
    while (end < lines.length && (dash ? lines[end]!.trim() : lines[end]!.replace(/\r?\n$/, '')) !== word)
      end++
    const body = lines.slice(at + 1, end).map((line) => (dash ? line.replace(/^\t+/, '') : line))
    const isPlain = quote !== '' || !/[$`\\]/.test(body.join(''))
    if (isPlain) found.push({ path, content: body.join(''), line: at + 1, closed: end < lines.length })
    at = end
  }
  return found
}
