import { languages } from 'monaco-editor/editor/editor.api.js'
import 'monaco-editor/languages/definitions/css/register.js'
import 'monaco-editor/languages/definitions/dockerfile/register.js'
import 'monaco-editor/languages/definitions/hcl/register.js'
import 'monaco-editor/languages/definitions/html/register.js'
import 'monaco-editor/languages/definitions/javascript/register.js'
import 'monaco-editor/languages/definitions/markdown/register.js'
import 'monaco-editor/languages/definitions/python/register.js'
import 'monaco-editor/languages/definitions/shell/register.js'
import 'monaco-editor/languages/definitions/sql/register.js'
import 'monaco-editor/languages/definitions/typescript/register.js'
import 'monaco-editor/languages/definitions/yaml/register.js'

/** Adds what the editor has no small grammar for. */
export function registerLanguages(): void {
  languages.register({ id: 'toml' })
  languages.setMonarchTokensProvider('toml', toml)
  languages.setLanguageConfiguration('toml', { comments: { lineComment: '#' }, brackets })
  languages.register({ id: 'json' })
  languages.setMonarchTokensProvider('json', json)
  languages.setLanguageConfiguration('json', { comments: { lineComment: '//' }, brackets })
}

const brackets: [string, string][] = [
  ['[', ']'],
  ['{', '}'],
]
const number = /[+-]?(?:0x[\da-f_]+|0o[0-7_]+|0b[01_]+|\d[\d_]*(?:\.[\d_]+)?(?:e[+-]?\d+)?|inf|nan)\b/i

const toml: languages.IMonarchLanguage = {
  tokenizer: {
    root: [
      [/^\s*\[\[?[^\]]*\]\]?/, 'type'],
      [/#.*$/, 'comment'],
      [/(?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*(?=\s*=)/, 'variable.name'],
      [/"""/, 'string', '@longBasic'],
      [/'''/, 'string', '@longLiteral'],
      [/"(?:[^"\\]|\\.)*"?/, 'string'],
      [/'[^']*'?/, 'string'],
      [/\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?/, 'number'],
      [number, 'number'],
      [/\b(?:true|false)\b/, 'keyword'],
    ],
    longBasic: [
      [/[^"\\]+/, 'string'],
      [/\\./, 'string.escape'],
      [/"""/, 'string', '@pop'],
      [/"/, 'string'],
    ],
    longLiteral: [
      [/[^']+/, 'string'],
      [/'''/, 'string', '@pop'],
      [/'/, 'string'],
    ],
  },
}

const json: languages.IMonarchLanguage = {
  tokenizer: {
    root: [
      [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'variable.name'],
      [/"(?:[^"\\]|\\.)*"?/, 'string'],
      [number, 'number'],
      [/\b(?:true|false|null)\b/, 'keyword'],
      [/\/\/.*$/, 'comment'],
      [/\/\*/, 'comment', '@block'],
    ],
    block: [
      [/[^*]+/, 'comment'],
      [/\*\//, 'comment', '@pop'],
      [/\*/, 'comment'],
    ],
  },
}
