import { isPlausiblePath } from './plausible-path.ts'
import { longestLine, readPathLine } from './name-line.ts'

const words = (text: string) => text.split(' ')
/** How comments begin, by the extensions and bare names that use them; other files may use any. */
const styles: readonly (readonly [marks: readonly string[], files: ReadonlySet<string>])[] = [
  [['#', '"""', "'''"], new Set(words('py pyi pyw pyx'))],
  [
    ['#'],
    new Set(
      words(
        'sh bash zsh fish yaml yml toml rb rake pl pm r jl ex exs tf tfvars hcl nix cmake mk properties env txt conf graphql gql ps1 psm1 coffee gitignore dockerignore editorconfig dockerfile makefile gnumakefile jenkinsfile procfile gemfile rakefile vagrantfile caddyfile justfile feature po in dev example',
      ),
    ),
  ],
  [['#', ';'], new Set(words('ini cfg service socket timer desktop'))],
  [['//', '/*', '{/*', '#'], new Set(words('json json5 jsonc'))],
  [
    ['//', '/*', '{/*'],
    new Set(
      words(
        'js mjs cjs jsx ts mts cts tsx java c h cpp cc cxx hpp cs go rs kt kts swift dart scala groovy gradle proto sol prisma zig scss less css m mm glsl wgsl hlsl v sv php astro',
      ),
    ),
  ],
  [['//', '/*', '#', '<!--'], new Set(['php'])],
  [['<!--', '//', '/*', '{/*'], new Set(words('vue svelte astro'))],
  [
    ['<!--', '{#'],
    new Set(words('html htm xml svg xhtml md markdown mdx hbs ejs njk j2 jinja jinja2 csproj xaml plist')),
  ],
  [['--', '/*'], new Set(words('sql ddl dml'))],
  [['--'], new Set(words('lua luau hs elm adb'))],
  [[';'], new Set(words('lisp el clj cljs scm rkt asm s edn'))],
  [['%'], new Set(words('tex sty cls bib erl hrl'))],
  [['rem', '::'], new Set(words('bat cmd'))],
]
const allMarks = [...new Set(styles.flatMap(([marks]) => marks))].sort((a, b) => b.length - a.length)

// Lines that have to come before any comment.
const preamble =
  /^(?:#!|<\?(?:php|xml)|<!doctype|#\s*-\*-|# (?:en)?coding|["']use (?:strict|client|server)["']|@echo off|#pragma once|(?:#|\/\/|--|;|\/\*)\s*[-=*#_]{3,}\s*(?:\*\/)?$)/i
const onlyOpens = /^(?:\/\*\*?|"""|'''|<!--)$/
const mostPreamble = 3

/** A name that the first comment of a block states, and the mark of that comment. */
type InsideName = { readonly path: string; readonly mark: string; readonly isOther: boolean }

/** Reads the name of a file from the comment that its content begins with: `# src/app.py`, `// File: a.ts`, `## a.py`. */
export function findNameInside(content: string, language: string | null): InsideName | null {
  let opened: string | null = null
  let passed = 0
  for (const line of firstLines(content)) {
    const text = line.trim()
    if (text === '') continue
    const comment = opened === null ? readComment(text) : { mark: opened, text: text.replace(/^\*+\s*/, '') }
    const name = comment && readName(comment.text, comment.mark, language)
    if (name) return name
    if (opened !== null) return null
    if (onlyOpens.test(text)) opened = text.startsWith('/*') ? '/*' : text
    else if (!preamble.test(text) || ++passed > mostPreamble) return null
  }
  return null
}

/** Whether a later comment of the same kind names another file: then the block holds several. */
export function holdsSeveral(content: string, { path, mark }: InsideName, language: string | null): boolean {
  for (let at = content.indexOf(`\n${mark}`); at >= 0; at = content.indexOf(`\n${mark}`, at + 1)) {
    const end = content.indexOf('\n', at + 1)
    if ((end < 0 ? content.length : end) - at > 200) continue
    const comment = readComment(content.slice(at + 1, end < 0 ? undefined : end).trim())
    const other = comment && readName(comment.text, mark, language)
    if (other && other.path !== path) return true
  }
  return false
}

function firstLines(content: string): string[] {
  return content
    .slice(0, 2000)
    .split('\n', 8)
    .map((line) => line.slice(0, longestLine))
}

function readComment(text: string): { mark: string; text: string } | null {
  const mark = allMarks.find((one) => text.toLowerCase().startsWith(one))
  if (mark === undefined) return null
  const inside = text
    .slice(mark.length)
    .replace(/^[#/*;%-]*[\s!]*/, '')
    .replace(/\s*(?:\*\/\}?|-->|"""|'''|#\})\s*$/, '')
  return { mark, text: inside }
}

function readName(comment: string, mark: string, language: string | null): InsideName | null {
  const claim = readPathLine(comment.replace(/^@?(?:file(?:name|path|overview)?|path)\s+(?=\S+$)/i, ''))
  if (!claim) return null
  const verdict = isPlausiblePath(claim.text, language)
  if (!verdict.ok || !mayBeginWith(verdict.path, mark)) return null
  return { path: verdict.path, mark, isOther: claim.isOther === true }
}

function mayBeginWith(path: string, mark: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  const kind = name.slice(name.lastIndexOf('.') + 1)
  const first = name.split('.', 1)[0]!
  const fitting = styles.filter(([, files]) => files.has(kind) || files.has(first))
  return fitting.length === 0
    ? mark !== '"""' && mark !== "'''"
    : fitting.some(([marks]) => marks.includes(mark))
}
