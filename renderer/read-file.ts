import { AppError } from '../shared/errors.ts'
import type { DocumentBytes } from '../shared/host.ts'

/** More than the core takes; what is larger is not even read. */
const mostBytes = 11_000_000

/** A dropped file's bytes, ready to travel; rejects with the reason where it cannot be read. */
export async function readFile(file: File): Promise<DocumentBytes> {
  if (file.size > mostBytes)
    throw new AppError(
      'invalid',
      `It has ${(file.size / 1_000_000).toFixed(1)} MB, and a document may have at most 10 MB.`,
      {
        hint: 'Split it, or drop only the part that says what to build.',
      },
    )
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(String(reader.result)))
    reader.addEventListener('error', () =>
      reject(
        new AppError('invalid', 'It cannot be read.', {
          hint: 'Drop files, not folders, and check that it may be read.',
          cause: reader.error,
        }),
      ),
    )
    reader.readAsDataURL(file)
  })
  return { name: file.name.slice(0, 1000), base64: url.slice(url.indexOf(',') + 1) }
}

/** The characters of a document's bytes, in an encoding that may be unknown here: then as UTF-8. */
export function decodeDocument({ base64 }: Pick<DocumentBytes, 'base64'>, encoding?: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  try {
    return new TextDecoder(encoding).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}
