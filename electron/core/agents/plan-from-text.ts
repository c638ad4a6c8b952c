import type { PlannedFile } from '../../../shared/change.ts'
import { isPlausiblePath } from '../files/plausible-path.ts'

/** `src/app.py`: what is in it. Also with a list mark, bold or backticks, and a dash in place of the colon. */
const listed = /^\s*(?:[-*+]|\d+[.)])?\s*[`*]*([\w./-]+)[`*]*\s*(?:[:–—-]|\s-\s)\s*(\S.*)$/u

/** Reads a list of files from free text: one file on each line that starts with a plausible path. */
export function planFromText(text: string): PlannedFile[] {
  return text.split('\n').flatMap((line) => {
    if (line.length > 500) return []
    const [, name = '', purpose = ''] = listed.exec(line) ?? []
    const path = isPlausiblePath(name)
    if (!path.ok || !name.includes('.')) return []
    return [{ path: path.path, purpose, kind: kindOf(path.path), needs: [] }]
  })
}

function kindOf(path: string): PlannedFile['kind'] {
  if (/(^|\/)(tests?|specs?|__tests__)\/|(^|\/)test_|[._](test|spec)\./.test(path)) return 'testing'
  if (/\.(md|rst|adoc)$/i.test(path)) return 'documentation'
  if (/(^|\/)(Dockerfile|Makefile|Jenkinsfile)|(^|\/)\.github\/|\.(tf|ya?ml)$/.test(path)) return 'deployment'
  return 'implementation'
}
