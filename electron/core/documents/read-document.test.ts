import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../shared/errors.ts'
import { maximumDocumentBytes, readDocument } from './read-document.ts'

const bytesOf = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Uint8Array.from(part))))

describe('a text document', () => {
  test.each([
    'notes.md',
    'notes.txt',
    'notes',
    'NOTES.MARKDOWN',
    'login.feature',
    '.md',
    'a pdf',
    'страница.md',
  ])('is read whatever its name: %s', async (name) => {
    expect(await readDocument(name, bytesOf('# Title\r\n\r\nText.\r\n'))).toEqual({
      name,
      text: '# Title\n\nText.\n',
      encoding: 'utf-8',
      bytes: 18,
      warnings: [],
    })
  })

  test('brings the warnings of its encoding and of its characters', async () => {
    const cyrillic = [0xd1, 0xe8, 0xf1, 0xf2, 0xe5, 0xec, 0xe0, 0x0a]
    const { text, warnings } = await readDocument('x.md', bytesOf(cyrillic, 'A line with a bell \x07 in it.'))
    expect(text).toBe('Ñèñòåìà\nA line with a bell \x07 in it.')
    expect(warnings).toEqual([
      expect.stringContaining('windows-1252'),
      expect.stringContaining('1 character that text does not have'),
    ])
  })

  test.each([
    'MZ is how some texts begin',
    'PK is short for Park',
    'GIF8 is a typing error',
    'The %PDF- mark',
  ])('may begin like another format: %s', async (text) => {
    expect((await readDocument('x.md', bytesOf(text))).text).toBe(text)
  })

  test('may be one very long line, as large as the limit', async () => {
    const bytes = new Uint8Array(maximumDocumentBytes).fill(0x61)
    expect((await readDocument('x.txt', bytes)).text).toHaveLength(maximumDocumentBytes)
  })
})

const zip = bytesOf('PK', [3, 4, 20, 0, 6, 0], 'word/document.xml')
const officeHint =
  /^Open it in the program that it was written with, save it as Markdown \(\.md\) or plain text/
const renameHint = / If it is plain text already, rename it to \.txt\.$/
const proseHint = /^Drop a text or Markdown document that says in words/

describe('what is not a text document is refused', () => {
  test.each<[name: string, bytes: Uint8Array, message: string, hint: RegExp]>([
    ['a.md', bytesOf(), 'is empty (0 bytes)', /^Check that it was saved/],
    ['a.md', bytesOf(' \n\t\r\n'), 'has no text: everything in it is blank', /^Write into it what to build/],
    ['a.md', bytesOf([0xef, 0xbb, 0xbf]), 'has no text: everything in it is blank', /^Write into it/],
    [
      'a.md',
      new Uint8Array(maximumDocumentBytes + 1).fill(0x61),
      'has 10.1 MB, and a document may have at most 10 MB',
      /^Split it, or drop only the part/,
    ],
    ['a.md', bytesOf('abc\0defg'), 'is not a text document: it holds binary data', /save it as UTF-8\.$/],
    ['a.bin', bytesOf([1, 2, 3, 4, 0xff, 5]), 'is not a text document: it holds binary data', /^Drop a text/],
    [
      'a.pdf',
      bytesOf('%PDF-1.7\n'),
      'is a PDF document',
      /^Open it, copy its text into an editor, save it as/,
    ],
    ['a.md', bytesOf('%PDF-1.7\n'), 'is a PDF document, whatever its name says', /^Open it, copy its text/],
    [
      'a.md',
      bytesOf('\uFEFF\n%PDF-1.7'),
      'is a PDF document, whatever its name says',
      /^Open it, copy its text/,
    ],
    ['a.PDF', bytesOf('just text'), 'is named like a PDF document', renameHint],
    ['a.docx', zip, 'is a Word document', officeHint],
    ['a.docx', bytesOf('just text'), 'is named like a Word document', renameHint],
    ['a.odt', zip, 'is an OpenDocument text', officeHint],
    [
      'a.md',
      zip,
      'is a ZIP container, as archives and office documents (Word, OpenDocument) are, whatever its name says',
      /^If it is an office document, open it, save it as .* If it is an archive, unpack it/,
    ],
    ['a.doc', bytesOf([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'is an older Office document', officeHint],
    [
      'a.txt',
      bytesOf([0xd0, 0xcf, 0x11, 0xe0]),
      'is an older Office document, whatever its name says',
      officeHint,
    ],
    ['a.rtf', bytesOf('{\\rtf1\\ansi text}'), 'is a rich text (RTF) document', officeHint],
    ['a.doc', bytesOf('{\\rtf1 text}'), 'is a rich text (RTF) document, whatever its name says', officeHint],
    ['a.html', bytesOf('<!DOCTYPE html><p>text'), 'is an HTML page', /^Open it in a browser/],
    [
      'a.md',
      bytesOf('\n<html lang="en">'),
      'is an HTML page, whatever its name says',
      /^Open it in a browser/,
    ],
    ['a.htm', bytesOf('<p>text</p>'), 'is named like an HTML page', renameHint],
    ['a.md', bytesOf([0x89], 'PNG\r\n', [0x1a, 10]), 'is an image, whatever its name says', proseHint],
    ['a.md', bytesOf([0xff, 0xd8, 0xff, 0xe0]), 'is an image, whatever its name says', proseHint],
    ['a.md', bytesOf('GIF89a'), 'is an image, whatever its name says', proseHint],
    ['a.md', bytesOf([0x1f, 0x8b, 8]), 'is a compressed (gzip) file, whatever its name says', /^Unpack it/],
    ['a.md', bytesOf([0x7f], 'ELF'), 'is a program, whatever its name says', proseHint],
    ['a.md', bytesOf('MZ', [0x90, 0, 3, 0]), 'is a program, whatever its name says', proseHint],
    ['a.md', bytesOf('SQLite format 3\0'), 'is an SQLite database, whatever its name says', proseHint],
    [
      'a.md',
      bytesOf([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]),
      'is a text in UTF-32, an encoding that is not read, whatever its name says',
      /choose UTF-8 as its encoding/,
    ],
  ])('$0 $2', async (name, bytes, message, hint) => {
    const error = await refusalOf(name, bytes)
    expect(error).toMatchObject({ code: 'invalid', message: `"${name}" ${message}.` })
    expect(error.hint).toMatch(hint)
  })
})

test('any bytes become a text, or an AppError that says what to do', async () => {
  const mixed = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ min: 0x20, maxLength: 300 }),
    fc.uint8Array({ min: 0x80, minLength: 20, maxLength: 300 }),
    fc.string({ unit: 'binary' }).map((text) => bytesOf(text)),
    fc.uint8Array().map((tail) => bytesOf([0xff, 0xfe], [...tail])),
  )
  await fc.assert(
    fc.asyncProperty(fc.string(), mixed, async (name, bytes) => {
      const answer = await readDocument(name, bytes).catch((error: unknown) => error)
      if (answer instanceof AppError) {
        expect(answer).toMatchObject({ code: 'invalid', hint: expect.stringMatching(/\.$/) })
        return
      }
      expect(answer).toMatchObject({ name, bytes: bytes.length, text: expect.stringMatching(/\S/) })
      expect(answer).toMatchObject({ text: expect.not.stringMatching(/[\0\r]/) })
    }),
    { numRuns: 300 },
  )
})

const samples = join(import.meta.dirname, '../../../../shared/samples/requirements')
const hasSamples = existsSync(samples)
if (!hasSamples) console.log('skipped: the sample requirements are not on this machine')

describe.skipIf(!hasSamples)('real requirements documents', () => {
  const sample = (name: string): Uint8Array => readFileSync(join(samples, name))

  test.each(['geotext', 'lice', 'login-registration', 'readtime'])('%s is read', async (name) => {
    const bytes = sample(`devbench-${name}.md`)
    const document = await readDocument('requirements.md', bytes)
    expect(document).toMatchObject({ encoding: 'utf-8', warnings: [] })
    expect(document.text).toBe(new TextDecoder().decode(bytes).replaceAll('\r\n', '\n'))
  })

  test.each([
    ['taxitap-srs.docx', 'taxitap-srs.docx', /is a Word document\.$/],
    ['taxitap-srs.docx', 'taxitap-srs.md', /is a ZIP container.* whatever its name says\.$/],
    ['taxitap-srs.pdf', 'taxitap-srs.pdf', /is a PDF document\.$/],
    ['taxitap-srs.pdf', 'taxitap-srs.md', /is a PDF document, whatever its name says\.$/],
  ])('%s is refused as %s', async (file, name, message) => {
    expect((await refusalOf(name, sample(file))).message).toMatch(message)
  })
})

async function refusalOf(name: string, bytes: Uint8Array): Promise<AppError> {
  const answer = await readDocument(name, bytes).catch((error: unknown) => error)
  if (answer instanceof AppError) return answer
  throw new Error(`"${name}" was not refused: ${JSON.stringify(answer)}`)
}
