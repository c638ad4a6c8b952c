import { isCollection, isMap, isScalar, isSeq, parseDocument, type Document, type Scalar } from 'yaml'

/** A YAML text in which one value is another, or gone where it is null; the comments of all others stay. */
export function editYaml(text: string, path: readonly string[], value: unknown): string {
  const document = parseDocument(text)
  if (value !== null) put(document, path, value)
  else if (document.hasIn(path)) remove(document, path)
  else return text
  const edited =
    document.contents === null
      ? commentText(document.commentBefore ?? '')
      : document.toString({ lineWidth: 0, flowCollectionPadding: false })
  return text.includes('\r\n') ? edited.replaceAll(/\r?\n/g, '\r\n') : edited
}

/** A document of comments only would be written with `null` below them. */
const commentText = (comment: string): string =>
  comment === '' ? '' : `${comment.replaceAll(/^(?=.)/gm, '#')}\n`

function put(document: Document, path: readonly string[], value: unknown): void {
  for (const length of path.slice(1).keys()) openSection(document, path.slice(0, length + 1))
  const before = document.getIn(path, true)
  if (!isCollection(before) && !Array.isArray(value)) return document.setIn(path, value)
  const node = document.createNode(value)
  if (isSeq(before) && isSeq(node)) {
    node.flow = before.flow
    node.comment = before.comment
    node.commentBefore = before.commentBefore
  }
  document.setIn(path, node)
}

/** A section without anything below it, such as `agents:`, is read as null. */
function openSection(document: Document, path: readonly string[]): void {
  const found = document.getIn(path, true)
  if (!isScalar(found) || found.value !== null) return
  const section = document.createNode({})
  section.commentBefore = found.comment ?? found.commentBefore
  document.setIn(path, section)
}

/** Takes a value out, and the sections that have nothing left. */
function remove(document: Document, path: readonly string[]): void {
  for (let length = path.length; length > 0; length--) {
    const section = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    if (!isMap(section)) return
    const at = section.items.findIndex(({ key }) => isScalar(key) && key.value === path[length - 1])
    const above = (section.items[at]?.key as Scalar | undefined)?.commentBefore
    // What stands above a key may be about more than this key.
    const next = section.items[at + 1]?.key as Scalar | undefined
    if (next) next.commentBefore = join(above, next.commentBefore)
    else section.comment = join(above, section.comment)
    section.items.splice(at, 1)
    if (section.items.length > 0) return
    if (length === 1) {
      document.commentBefore = join(document.commentBefore, section.commentBefore, section.comment)
      document.contents = null
    }
  }
}

const join = (...comments: readonly (string | null | undefined)[]): string | null =>
  comments.filter(Boolean).join('\n') || null
