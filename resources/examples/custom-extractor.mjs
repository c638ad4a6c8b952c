// A format of your own: files between lines of @@, which some models were trained to write.
//
//   @@ src/app.py
//   print('hello')
//   @@ end
//
// Name this module in your own settings, by its whole path, and Paddock tries it on every answer before its own ways:
//
//   npx paddock config set extractor "$PWD/resources/examples/custom-extractor.mjs"
//   npx paddock extract answer.md
//
// Once a run has ended, what `write_custom_output` returns is written below output/custom/<run>/ in the workspace. It may
// be left out.
//
// It runs as a part of Paddock, with all that Paddock may do: name only a module that you trust. A workspace cannot
// name one.

const marker = /^@@ (.+?)\r?\n?$/

/** Finds the files of an answer; null where it is not in this format, so that Paddock's own ways are used. */
export function parse_custom_format(text) {
  const files = []
  let open = null
  for (const [index, line] of (text.match(/[^\n]*\n|[^\n]+/g) ?? []).entries()) {
    const name = marker.exec(line)?.[1]
    if (name === undefined) {
      if (open) open.content += line
    } else if (open && name === 'end') {
      files.push({ ...open, complete: true })
      open = null
    } else {
      // A file that is not ended by the time the next one begins is not whole.
      if (open) files.push(open)
      open = { path: name, content: '', line: index + 2, complete: false }
    }
  }
  if (open) files.push(open)
  // Names, ends and comments are judged by Paddock afterwards, as they are in every other format.
  return files.length > 0 ? files : null
}

/** Makes files of your own of a run's result, which is as output/workflow_<run>.json holds it. */
export function write_custom_output({ workflow_id, files }) {
  const rows = files.map(({ path, bytes, decision }) => [path, bytes, decision ?? 'open'].join('\t'))
  return [{ path: 'files.tsv', content: [`# ${workflow_id}`, ...rows, ''].join('\n') }]
}
