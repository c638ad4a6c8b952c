/** Finds any of some words or phrases of any language; each stands for itself, with no letter beside it. */
export function anyOf(...lists: readonly string[]): RegExp {
  return new RegExp(sourceOf(lists), 'iu')
}

function sourceOf(lists: readonly string[]): string {
  // Scripts that put no blanks between words are looked for anywhere.
  const words = lists.flatMap((list) => list.split('|'))
  const loose = words.filter((word) => /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(word))
  const whole = words.filter((word) => !loose.includes(word))
  return [`(?<![\\p{L}])(?:${whole.join('|')})(?![\\p{L}])`, ...loose].join('|')
}

/** Names of what is made about a file, and of what is less than it: `Tests for`, `Excerpt from`. */
const other = [
  'bugs?|issues?|problems?|errors?|calls?|pseudo-?code|usages?|examples?|explanation|excerpts?|extracts?|snippets?|fragments?|parts?|portions?|lines?|diff|patch|output|logs?|(?:code )?reviews?|analysis|feedback',
  'fehler|problem|aufruf|pseudocode|verwendung|beispiele?|erklärung|auszug|ausschnitt|teile?|zeilen?|ausgabe',
  'errores|problemas?|llamada|seudocódigo|pseudocódigo|uso|ejemplos?|explicación|fragmento|extracto|partes?|líneas?|salida',
  'erreurs?|problèmes?|appel|utilisation|exemples?|explication|extraits?|parties?|lignes?|sortie',
  'erros?|chamada|exemplos?|explicação|trecho|linhas?|saída|errori?|chiamata|esempio|estratto|frammento|righe|fout|aanroep|voorbeeld|uittreksel',
  'błąd|przykład|ошибк\\p{L}*|проблем\\p{L}*|вызов\\p{L}*|псевдокод|использовани\\p{L}*|пример\\p{L}*|фрагмент|отрывок|часть|строк\\p{L}*|вывод',
  '错误|问题|调用|伪代码|用法|示例|说明|片段|节选|部分|エラー|問題|呼び出し|擬似コード|使い方|使用例|例|抜粋|一部|오류|문제|호출|사용법|예제|발췌|일부',
]
const tests = [
  '(?:unit |integration )?tests|(?:unit |integration )?test(?: cases| suite)|testfälle|pruebas|testes|tests unitaires|testy|тест\\p{L}*|测试|単体テスト|テスト|테스트',
]
const prepositions =
  'for|of|in|from|to|with|für|von|aus|in|zu|de|del|para|en|desde|pour|dans|du|em|do|da|per|di|van|voor|uit|dla|w|z|для|из|в|к'

const before = (lists: readonly string[]) =>
  new RegExp(
    `(?:${sourceOf(lists)})(?:\\s+[\\d–-]+)?\\s+(?:${prepositions})\\s+(?:(?:the|your|der|die|das|el|la|le|o|a) )?(?:file |datei |archivo |fichier )?$`,
    'iu',
  )
const behind = (lists: readonly string[]) => new RegExp(`^\\s*(?:的|の|의)\\s*(?:${sourceOf(lists)})`, 'u')
const named = new RegExp(`^(?:.*\\s)?(?:${sourceOf(other)})$`, 'iu')
const otherThings = { before: before(other), behind: behind(other) }
const testsOf = { before: before(tests), behind: behind(tests) }
const isTest = /test|spec/i
/** What is about a bug and is the whole file all the same: `the corrected code for the bug in`. */
const wholeAfterAll =
  /(?:complete|full|entire|whole|final|corrected|fixed|updated)\s+(?:\w+\s+)?(?:code|version|file|contents?)/i
const testsAlone = new RegExp(`^(?:${sourceOf(tests)})$`, 'iu')

/** What says that less than the file follows, in all that a note behind its name has to say. */
const less = [
  'excerpts?|extract|snippets?|fragments?|partial(?:ly)?|parts?|portion|lines?|changes?|changed|diff|patch|before|old(?: version)?|before the (?:change|fix)|previous(?: version)?|original|existing|broken|buggy|wrong|usage|pseudo-?code',
  'auszug(?:sweise)?|ausschnitt|schnipsel|teil(?:e|weise)?|zeilen?|änderungen|alt|alte version|vorher|bisher',
  'fragmento|extracto|parcial|partes?|líneas?|cambios|antes|antiguo|viejo|anterior|extraits?|partiel|parties?|lignes?|changements|modifications|avant|ancien',
  'trecho|linhas?|alterações|antigo|estratto|parziale|frammento|righe|modifiche|prima|vecchio|uittreksel|gedeelte|regels|wijzigingen|oud',
  'częściowo|zmiany|stary|фрагмент|отрывок|частично|часть|строки|изменения|до|старый|старая версия',
]
const fillers =
  'the|a|an|only|just|code|short|small|relevant|key|important|main|first|last|changed|modified|updated|new|added|nur|die|der|ein|relevante[rn]?|geänderte[rn]?|neue[rn]?|kurzer|solo|sólo|los|las|un|una|parte|relevante|seulement|les|extrait|apenas|as|os|solamente|только|alleen|de|tylko'
const lessNote = new RegExp(
  `^(?:(?:${fillers})\\s+)*(?:${less.join('|')})(?:\\s+(?:only|seulement|uniquement|here|below|shown|(?:of|from) (?:the )?(?:file|code|original)|[\\d–—-]+(?:\\s*(?:to|-|–|bis|a|à)\\s*\\d+)?|relevante?s?|pertinente?s?))*$|^(?:add|insert|append|replace|paste|put|hinzufügen|ergänzen|añadir|agregar|ajouter|adicionar|aggiungere|добавить)\\s+(?:this|these|the following|it|at|to|below|after|before|inside|near|here|diese|am|an|esta|estas|al|cette|ces|à|эт\\p{L}*|в)(?!\\p{L})`,
  'iu',
)
const lessInOneWord =
  /^[^\s]{0,4}(?:部分|片段|节选|摘录|仅修改|只修改|修改前|旧|抜粋|一部|変更部分|変更前|旧|일부|발췌|변경 전)[^\s]{0,4}$/u

/**
 * Whether the words around a file's name say that something else than the whole file follows: something about it
 * (`Tests for`), or less than it (`(excerpt)`). What the name itself says does not count.
 */
export function saysOther(path: string, textBefore: string, textBehind: string): boolean {
  const [lead, tail] = [textBefore, textBehind].map((text) => text.replaceAll(/[`*_]/g, ''))
  if (/[❌🚫✗✘]/u.test(lead!)) return true
  const things = [
    ...(isTest.test(path) ? [] : [testsOf]),
    ...(wholeAfterAll.test(lead!) ? [] : [otherThings]),
  ]
  // What a longer sentence says before a name is not all that it says.
  const isAllLead = textBehind.length < 60 && !/[.;] \S.*[:：]/.test(textBehind)
  if (isAllLead && things.some((one) => one.before.test(lead!) || one.behind.test(tail!))) return true
  // `Excerpt: a.py`, but `Part 2: a.py` only counts.
  const label = /^[\s#\d.)-]*([^:：(（\d]+?)\s*[:：(（]\s*$/.exec(lead!)?.[1] ?? ''
  if (named.test(label) && !isInName(path, label)) return true
  return `${label};${tail!}`
    .split(/[,;:：()（）[\]]|\s[-–—]\s|^[-–—]/)
    .map((note) => note.replace(/^[\s#~-]+|[\s#~.!-]+$/g, ''))
    .some(
      (note) =>
        (lessNote.test(note) && !isInName(path, note)) ||
        lessInOneWord.test(note) ||
        (testsAlone.test(note) && !isTest.test(path)),
    )
}

const isInName = (path: string, note: string): boolean =>
  note.split(/\s+/).some((word) => word.length > 3 && path.toLowerCase().includes(word.toLowerCase()))
