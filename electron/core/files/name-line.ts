import { isPlausiblePath } from './plausible-path.ts'
import { pathTag } from './element.ts'
import { anyOf, saysOther } from './words.ts'

/** Something that stands where a name stands; `stated` where it clearly means to be one. */
export type Claim = {
  readonly text: string
  readonly stated: boolean
  /** Whether it stands in quotes or behind a label, where a name may hold blanks. */
  readonly quoted?: boolean
  /** Whether it stands behind a label such as `File:`. */
  readonly isLabelled?: boolean
  /** Whether the words around it say that something else than the whole file follows. */
  readonly isOther?: boolean
}

// Longer lines name nothing; the bound also keeps every expression below cheap.
export const longestLine = 400

const labels = new Set(
  [
    'file, filename, file name, filepath, file path, path, code, new file, updated file, create file, modified file',
    'full path, relative path, location, save as, target file, source file, script, module, file to create',
    'datei, dateiname, dateipfad, fichier, nom du fichier, chemin, archivo, nombre del archivo, ruta, arquivo, nome do arquivo',
    'caminho, bestand, bestandsnaam, plik, nazwa pliku, файл, имя файла, путь, 文件, 文件名, 文件名称, 文件路径, 路径, 代码文件',
    '檔案, 檔名, ファイル, ファイル名, ファイルパス, パス, 파일, 파일명, 파일 이름, 경로, ملف, اسم الملف, फ़ाइल, dosya, tệp, soubor, fil',
  ].flatMap((line) => line.split(', ')),
)

/** A note behind a name that says that no file follows. */
const leavesAlone =
  /[(（–—-]\s*(?:no (?:other )?changes?|not? (?:changed|modified)|unchanged|unmodified|stays|remains|removed?|deleted?|unverändert|sin cambios|inchangé|без изменений|无需修改|変更なし)/iu

/** Reads a line that is all name: a heading, list item or bare line with a path, in backticks or after `File:`. */
export function readPathLine(written: string): Claim | null {
  if (written.length > longestLine || leavesAlone.test(written)) return null
  const line = withoutEscapes(written)
  const tag = pathTag.exec(line)
  const labelInTag = tag && /[:：]\s/.test(tag[2]!) ? readPathLine(tag[2]!) : null
  if (labelInTag?.isLabelled) return labelInTag
  if (tag)
    return {
      text: tag[2]!,
      stated: tag[1]!.toLowerCase() !== 'summary' || isPlausiblePath(tag[2]!, null, true).ok,
      quoted: true,
    }
  const unmarked = withoutComment(line.trim())
    .replace(/^<(b|strong|code|em|u|h[1-6])>(.*)<\/\1>(?=[:：]?$)/i, '$2')
    .replace(
      /^(?:(?:#{1,6}|[-*+•▪◦●►➤>]|\(?\d{1,3}[.)]|\d{1,3}(?:\.\d{1,3}){1,3}[.)]?|[a-z][.)]|\p{Extended_Pictographic}\ufe0f?)\s+)+/u,
      '',
    )
    .replace(/^(?:[=~-]{3,}\s*|\*{3,}\s+)|(?:\s*[=~-]{3,}|\s+\*{3,})$/g, '')
    .replace(/\s#{1,6}$/, '')
    .replace(/^\*{1,3}(?=\S)(?:\d{1,3}[.)]\s+)?/, '')
    .replace(/^(?:\p{Extended_Pictographic}\ufe0f?\s*)+/u, '')
  const label =
    /^(?:step \d{1,3}[:.] |\d{1,3}[.)] )?(?:the )?(\p{L}[\p{L} ]{0,20}?)(?: ?\(?\d{1,3}(?:(?:\/| of | von | de )\d{1,3})?\)?)?(?:\s?\([\p{L} ]{1,20}\))?(?:\*\*|`)?\s?[:：](?:\*\*)?\s*/iu.exec(
      unmarked,
    )
  const isLabelled = label !== null && labels.has(label[1]!.toLowerCase())
  const rest = isLabelled ? unmarked.slice(label[0].length) : withoutLead(unmarked)
  const bare = withoutTail(rest)
  const text =
    /^(?:`+([^`]+)`+|"([^"]+)"|'([^']+)'|\[((?!.*\]\()\S+)\]|\[([^\][]+)\]\([^()]*\)|“([^”]+)”)$/
      .exec(bare)
      ?.slice(1)
      .find((one) => one !== undefined)
      ?.replace(/^`([^`]+)`$/, '$1')
      .trim() ?? bare
  if (text === '') return null
  const quoted = isLabelled || text !== bare
  const stated = isLabelled || (quoted ? looksNamed(text) : isAllName(text))
  return besideWords({ text, stated, quoted, isLabelled }, line)
}

/** Text as Markdown shows it, `\_` as `_`; a backslash before a letter parts folders, and then all of them do. */
function withoutEscapes(line: string): string {
  if (!line.includes('\\') || /\\[\p{L}\p{N}]/u.test(line)) return line
  return line
    .split(/(`[^`]*`)/)
    .map((piece) => (piece.startsWith('`') ? piece : piece.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')))
    .join('')
}

/** A name as the words around it leave it: of what is said to be something else, it is no name. */
function besideWords(claim: Claim, line: string): Claim {
  const at = line.indexOf(claim.text)
  const isOther = at >= 0 && saysOther(claim.text, line.slice(0, at), line.slice(at + claim.text.length))
  return isOther ? { ...claim, stated: false, isOther } : claim
}

/** A comment that stands above a block rather than in it. */
const withoutComment = (text: string): string =>
  /^(?:<!--|\/\/+|\/\*+)\s*(.*?)\s*(?:-->|\*\/)?$/.exec(text)?.[1] ?? text

/** `File src/a.py`, `Create src/a.py`: a word that only says that a file follows. */
const withoutLead = (text: string): string => {
  const rest =
    /^(?:\*\*)?(?:(?:new|create|creating|updated|step \d{1,3}(?:[:.]| [–—-])|the) )*(?:file|datei|fichier|archivo|文件|файл)?\s?(?=[`*"\w./@-]+)(?=\S+$|\S+\s?[:：(])/iu.exec(
      text,
    )
  const left = rest ? text.slice(rest[0].length) : text
  return rest && rest[0].trim() !== '' && isPlausiblePath(withoutTail(left).replaceAll('`', '')).ok
    ? left
    : text
}

/** Takes off what may stand behind a name: a colon, bold, `(new)`, a short description after a dash. */
function withoutTail(text: string): string {
  const described =
    /^((?:\*\*)?`[^`]+`(?:\*\*)?|\*\*[^*`\s]+\*\*|[^\s`*]+?)(?:\*\*)?(?:\s?[:：]+\s|\s[-–—]+\s|\s?[(（]|\s\[).*$/.exec(
      text,
    )
  const name = described?.[1]?.replaceAll(/[`*]/g, '') ?? ''
  const isNamed = described?.[1] === name ? isPlausiblePath(name).ok : looksNamed(name)
  const first = isNamed ? described![1]! : text
  return first
    .replace(/\s?(?:[:：]\*{1,3}|\*{1,3}[:：]|\*{1,3}|[:：])$/, '')
    .replace(/^\*\*/, '')
    .replace(/^(`[^`]+`)[:：]$/, '$1')
    .replace(/^__(.+[^_])__$|^_([^_].*[^_])_$|^\*([^*]+)\*$/, '$1$2$3')
}

const creates = anyOf(
  "creat(?:e|es|ing|ed)|save[ds]?|nam(?:e|ed)|call(?:ed)?|contents? (?:of|for)|code (?:of|for|in)|here(?:['’]s| is| are)|below is",
  'this is|following is|new file|full|complete|entire|updated|corrected|fixed|revised|final|rewritten|write|version of',
  '(?:put|place|paste) (?:this|the following|it) in(?:to)?|erstell\\w*|speicher\\w*|inhalt|hier ist|aktualisierte\\w*|lege\\w* .{0,40}an|fill in(?=\\s*[:：])',
  'créez?|voici|enregistr\\w+|contenu|mis à jour|crea|cree|guarda|guarde|contenido|aquí (?:está|tienes)|actualizad\\w|crie|salve|aqui está',
  'conteúdo|atualizad\\w|создай\\p{L}*|содержимое|вот|обновл\\p{L}*|сохраните|创建|新建|保存|以下是|内容|代码如下|完整|作成|以下|更新された|更新後|修正版|修正後|次のとおり|만들|생성|다음은|다음과',
)
const changes = anyOf(
  'add|append|insert|chang(?:e|es|ing)|modif\\w+|replac\\w+|edit|import\\w*|run|running|execut\\w+|test(?:ing)? (?:it|with)|like|similar',
  'examples?|usage|snippets?|part|lines?|section|function|method|class|(?:to|in) your|would|could|should|imagine|suppose|excerpt',
  'fragment|if|before|commands?|problem|error|output|current|existing|old|previous|original|was|wrong|broken|buggy',
  'führ\\w*|änder\\w*|ersetz\\w*|füg\\w*|start\\w*|beispiel|ajout\\w*|modifi\\w*|remplac\\w*|exécut\\w*|lancez?|exemple|añad\\w*|cambi\\w*',
  'reemplaz\\w*|ejecut\\w*|ejemplo|adicion\\w*|alter\\w*|substitu\\w*|execute|exemplo|запуст\\p{L}*|выполн\\p{L}*|добав\\p{L}*|измен\\p{L}*|замен\\p{L}*|пример\\p{L}*',
  '添加|运行|执行|命令|修改|替换|示例|例如|追加|実行|変更|例えば|추가|실행|수정',
)
/** A heading with one of these is about a change of the file. */
const updates = anyOf(
  'updat\\w*|new (?:route|function|section|endpoint|method)|debugging|next steps|why|fix|register\\w*|mount\\w*|call(?:s|ing)?|us(?:e[sd]?|ing)|hook\\w*|wir(?:e|ing)|adjust\\w*|extend\\w*|enhanc\\w*|integrat\\w*|actualiz\\w*|aktualisier\\w*|ergänz\\w*|更新|обнов\\p{L}*',
)
const quoted = /`([^`\n]+)`|\*\*([^*\s`]+)\*\*/g
/** Words that would mean a change, but for what stands around them. */
const harmless =
  /\band (?:add|paste|insert) (?:the following|this)\b|\bimports? and (?=code\b)|\bpart \d{1,3}\b/iu
/** Words that would mean a change, and mean a whole file. */
const makes =
  /\b(?:add|insert) (?:a|an|another|the|one more) (?:new )?(?:file|module|script)(?=\s{2,}|\s+(?:named|called)\b)|\b(?:replace|ersetze\w*|reemplaza|remplacez?) (?:(?:all|the|entire|whole|full|den|gesamten|ganzen|todo|el|tout|le) )*(?:contents?|inhalt|contenido|contenu)(?=\s+(?:of|in|von|de|du|del)(?:\s+(?:the|your|der|file|datei)){0,2}\s{2,})/iu
const looksSo =
  /\b(?:should|must|will|may) (?:now |then )?(?:look like|contain|read|be)\b|\blooks? like this\b/iu
/** `And the .env file:` */
const onlyFile =
  /^(?:and|then|next|finally|now|also|first|the|a|your|our|,|\s)*(?:file|module|script)?\s*[:：]\**$/iu
/** `Next, the dependencies in`, `And finally a`, before a name that ends the sentence or is followed by what it is for. */
const inTurn =
  /^(?:(?:and|then|now|also|next|first|finally|lastly|let['’]s (?:start|begin|continue) with|(?:start|begin) with)[,\s]+)+(?:the|a|an|our)\s+(?:(?:dependencies|styles?|styling|markup) in\s|(?!.*\b(?:in|of|for|from|to|with|that)\s+$)(?:[\p{L}-]+\s+){0,4})$/iu
const purpose = /^\s*(?:(?:to|for|that|which)\s[^.;`]{1,60})?[:：]\**$/iu
const titled = /^(?:#{1,6}\s|\*\*.*\*\*[:：]?$)/

/**
 * Reads a sentence that announces a file: `Create src/a.py with this content:`, or a heading that has its name in it:
 * `## 2. Storage (store.py)`. Other sentences only hint at one.
 */
export function readSentence(line: string): Claim | null {
  if (line.length > longestLine) return null
  const text = withoutEscapes(line.trim())
  const named = [...text.matchAll(quoted)]
    .map((one) => one[1] ?? one[2]!)
    .filter((one) => isPlausiblePath(one, null, true).ok)
  const words = named.length > 0 ? [] : text.split(/[\s,;()]+/).map((word) => word.replace(/[.:：]+$/, ''))
  const paths = words.filter(looksLikePath)
  const bare = paths.length > 0 ? paths : words.filter(looksLikeName)
  const [only, ...others] = new Set([...named, ...bare])
  if (only === undefined) return null
  if (others.length > 0) return text === lastSentence(text) ? null : readSentence(lastSentence(text))
  const rest = text
    .replaceAll(only, ' ')
    .replaceAll(/[`*]/g, '')
    .replace(looksSo, 'contents of')
    .replace(harmless, '')
    .replace(makes, 'contents of')
  const announced = /[:：]\**$/.test(text) && (creates.test(rest) || onlyFile.test(rest))
  const isTitle = titled.test(text) && (named.length > 0 || isApart(text, only))
  const headed = isTitle && !updates.test(rest)
  const [lead = '', ...tail] = text.replaceAll(/[`*]/g, '').split(only)
  const isInTurn =
    inTurn.test(lead) && purpose.test(tail.join(only)) && !changes.test(lead.replace(/\bstart with\b/i, ''))
  const stated = ((announced || headed) && !changes.test(rest)) || isInTurn
  return besideWords({ text: only, stated, quoted: named.length > 0 }, text)
}

const saves = anyOf('save|put|store|speicher\\w*|guarda|guarde|enregistre[rz]?|salve|保存')
const theAbove = anyOf(
  'the (?:code |script |file |program )?above(?: (?:code|script|file|program|content))?|(?:code|script) above|(?:den |diesen )?obigen|el código anterior|ci-dessus|o código acima|上面的|以上代码',
)

/** Reads a line behind a block that says how to save what is above it. */
export function readLineBelow(line: string): Claim | null {
  if (!saves.test(line) || !theAbove.test(line)) return null
  const claim = readSentence(line)
  return claim && !claim.isOther ? { ...claim, stated: true } : null
}

const lastSentence = (text: string): string => text.split(/(?<=[^.\s][.!?。] ?)(?=\p{Lu})/u).at(-1)!

/** Whether a bare name stands apart in a title: in brackets at its end, or behind a colon. */
function isApart(title: string, name: string): boolean {
  const text = title.replace(/[\s*:：]+$/, '')
  return (
    /(?:[(（]|[:：]\s?)$/.test(text.slice(0, text.lastIndexOf(name))) &&
    /^[)）]?$/.test(text.slice(text.lastIndexOf(name) + name.length))
  )
}

const looksLikePath = (word: string): boolean => /\w\.\w|\//.test(word) && isPlausiblePath(word).ok
/** `Makefile`, `.gitignore`: too like a word to count beside another name. */
const looksLikeName = (word: string): boolean =>
  /^(?:[A-Z][a-z]+file|\.[a-z][\w.-]+)$/.test(word) && isPlausiblePath(word).ok

function isAllName(text: string): boolean {
  // A dot alone is too little: headings such as `Node.js` or `os.path` mean no file.
  return /[<>]|:\/\/|^[^\s`]*[/\\][^\s`]*$/.test(text) || isPlausiblePath(text).ok
}

/** Whether a text in backticks or quotes means to be a path, good or bad. */
export function looksNamed(text: string): boolean {
  return /[./\\<>]|^file_?name$/i.test(text) || isPlausiblePath(text).ok
}
