import { extract, extractOne } from '../../electron/core/files/parse.ts'
import type { Reader } from './labelled-answer.ts'

/** Paddock's own extraction. All of the corpus reaches it through here. */
export const readWithPaddock: Reader = (text, plan = []) => {
  const [only, ...others] = plan
  const { files } =
    only !== undefined && others.length === 0 ? extractOne(text, only) : extract(text, { plan })
  return files.map(({ path, content, complete, elided }) => ({
    path,
    content,
    whole: complete && elided === null,
  }))
}
