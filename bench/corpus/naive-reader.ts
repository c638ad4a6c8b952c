import type { Reader } from './labelled-answer.ts'

const block = /([^\n]*)\n\s*```([^\n]*)\n([\s\S]*?)```/g

/** The common way to do it, to compare with: a line with a name in it, then everything to the next fence. */
export const readNaively: Reader = (text) => {
  const files = new Map<string, string>()
  for (const [, line = '', info = '', content = ''] of `\n${text}`.matchAll(block)) {
    const name = /[\w./[\]-]*\w\.\w+/.exec(info.split(':')[1] ?? '') ?? /[\w./[\]-]*\w\.\w+/.exec(line)
    if (name) files.set(name[0], content)
  }
  return [...files].map(([path, content]) => ({ path, content, whole: true }))
}
