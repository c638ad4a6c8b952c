import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { errorCode, explainFileError } from './files/file-errors.ts'
import { checkPath } from './files/path-rules.ts'

const mostTries = 1000

/** Makes a new folder in `root` that is named after a document; returns its name. An existing one is never taken. */
export async function makeFolderFor(root: string, document: string): Promise<string> {
  const name = folderNameFor(document)
  for (let number = 1; number <= mostTries; number++) {
    const folder = number === 1 ? name : `${name}-${number}`
    try {
      await mkdir(join(root, folder))
      return folder
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw explainFileError(error, `make the folder ${folder}`)
    }
  }
  throw new AppError('conflict', `There are ${mostTries} folders named ${name} already.`, {
    hint: 'Choose another workspace, or move some of them away.',
  })
}

/** A folder's name for a document: its letters and digits, safe on every system. */
export function folderNameFor(document: string): string {
  const file = document.split(/[/\\]/).at(-1)!
  const words = file
    .replace(/(?<=.)\.[^.]*$/s, '')
    .normalize('NFKC')
    .replaceAll(/[[\p{Any}--[\p{L}\p{M}\p{N}_]]\p{Default_Ignorable_Code_Point}]+/gv, '-')
  const name = Array.from(words)
    .slice(0, 50)
    .join('')
    .replaceAll(/^-+|-+$/g, '')
  return [name, `document-${name}`].find(isFree) ?? 'document'
}

/** Devices of Windows are no names, and `output` is where the batch's own summary goes. */
function isFree(name: string): boolean {
  try {
    return (
      !['', 'output', 'document-'].includes(name.toLowerCase()) && checkPath(name) === name.normalize('NFC')
    )
  } catch {
    return false
  }
}
