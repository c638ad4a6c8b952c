type Format = {
  readonly what: string
  readonly advice: string
  readonly extensions: readonly string[]
  /** Whether a file begins like this format; `head` is its first bytes, one character per byte. */
  readonly begins: (head: string) => boolean
}

/** A document that cannot be read as text: what it is, as the predicate of a sentence, and what to do about it. */
export type ForeignDocument = { readonly is: string; readonly hint: string }

const saveAsText = 'save it as Markdown (.md) or plain text (.txt), and drop that file.'
const officeAdvice = `Open it in the program that it was written with, ${saveAsText}`
const encodingAdvice = `Open it in an editor, choose UTF-8 as its encoding, ${saveAsText}`
const proseAdvice = 'Drop a text or Markdown document that says in words what it holds.'

const withAny =
  (...beginnings: readonly string[]) =>
  (head: string): boolean =>
    beginnings.some((beginning) => head.startsWith(beginning))

const isZip = withAny('PK\x03\x04', 'PK\x05\x06')
const isHtml = (head: string): boolean =>
  /^(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html[\s>])/i.test(withoutLead(head))

/** Formats that share a beginning stand in the order in which a file without a telling name is taken for them. */
const formats: readonly Format[] = [
  {
    what: 'a PDF document',
    advice: `Open it, copy its text into an editor, ${saveAsText}`,
    extensions: ['pdf'],
    begins: (head) => withoutLead(head).startsWith('%PDF-'),
  },
  {
    what: 'a ZIP container, as archives and office documents (Word, OpenDocument) are',
    advice: `If it is an office document, open it, ${saveAsText} If it is an archive, unpack it and drop the documents in it.`,
    extensions: ['zip'],
    begins: isZip,
  },
  {
    what: 'a Word document',
    advice: officeAdvice,
    extensions: ['docx', 'docm', 'dotx', 'dotm'],
    begins: isZip,
  },
  {
    what: 'an OpenDocument text',
    advice: officeAdvice,
    extensions: ['odt', 'ott'],
    begins: isZip,
  },
  {
    what: 'an older Office document',
    advice: officeAdvice,
    extensions: ['doc', 'dot'],
    begins: withAny('\xd0\xcf\x11\xe0'),
  },
  {
    what: 'a rich text (RTF) document',
    advice: officeAdvice,
    extensions: ['rtf'],
    begins: (head) => withoutLead(head).startsWith('{\\rtf'),
  },
  {
    what: 'an HTML page',
    advice: `Open it in a browser, copy its text into an editor, ${saveAsText}`,
    extensions: ['html', 'htm', 'xhtml'],
    begins: isHtml,
  },
  {
    what: 'an image',
    advice: proseAdvice,
    extensions: [],
    begins: withAny('\x89PNG\r\n', '\xff\xd8\xff', 'GIF87a', 'GIF89a'),
  },
  {
    what: 'a compressed (gzip) file',
    advice: 'Unpack it and drop the documents in it.',
    extensions: [],
    begins: withAny('\x1f\x8b'),
  },
  {
    what: 'a program',
    advice: proseAdvice,
    extensions: [],
    // A text may begin with MZ; the header of a program always has zero bytes.
    begins: (head) => head.startsWith('\x7fELF') || (head.startsWith('MZ') && head.includes('\0')),
  },
  {
    what: 'an SQLite database',
    advice: proseAdvice,
    extensions: [],
    begins: withAny('SQLite format 3\0'),
  },
  {
    what: 'a text in UTF-32, an encoding that is not read',
    advice: encodingAdvice,
    extensions: [],
    begins: withAny('\xff\xfe\0\0', '\0\0\xfe\xff'),
  },
]

/**
 * Recognises a document that is not text, by its first bytes and then by its name's extension.
 * What the bytes say wins over what the name says.
 */
export function findForeignFormat(name: string, bytes: Uint8Array): ForeignDocument | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 1024))
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  const named = formats.find((format) => format.extensions.includes(extension))
  if (named?.begins(head)) return { is: `is ${named.what}`, hint: named.advice }
  const found = formats.find((format) => format.begins(head))
  if (found) return { is: `is ${found.what}, whatever its name says`, hint: found.advice }
  if (!named) return undefined
  return {
    is: `is named like ${named.what}`,
    hint: `${named.advice} If it is plain text already, rename it to .txt.`,
  }
}

/** Some programs write a UTF-8 byte order mark or blanks before what a format says comes first. */
function withoutLead(head: string): string {
  return head.replace(/^\xef\xbb\xbf/, '').trimStart()
}
