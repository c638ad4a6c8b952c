import { dirname, join } from 'node:path/posix'

const scripts = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/
const scriptEndings = words(
  '.ts .tsx .js .jsx .mjs .cjs .mts .cts .vue .svelte .json /index.ts /index.tsx /index.js',
)

/**
 * The files of a workspace that a Python, JavaScript or TypeScript file imports, by its plain import lines; `has` says
 * whether there is such a file. Linear in the text's length.
 */
export function findImports(path: string, text: string, has: (path: string) => boolean): string[] {
  const found =
    path.endsWith('.py') || path.endsWith('.pyi')
      ? pythonModules(text).map((module) => findModule(path, module, has))
      : scripts.test(path)
        ? scriptSpecifiers(text).map((specifier) => findScript(path, specifier, has))
        : []
  return [...new Set(found)].filter((one) => one !== null && one !== path) as string[]
}

/** Each `from a.b import c` may mean the module `a.b` or the module `a.b.c`. */
function pythonModules(text: string): string[] {
  const modules: string[] = []
  for (const [, module, names] of text.matchAll(
    /^[ \t]{0,40}from[ \t]{1,9}([\w.]{1,200})[ \t]{1,9}import[ \t(]{1,9}([\w ,\t]{0,500})/gm,
  )) {
    const dot = module!.endsWith('.') ? '' : '.'
    modules.push(...(names!.match(/\w+/g) ?? []).map((name) => `${module}${dot}${name}`), module!)
  }
  for (const [, names] of text.matchAll(/^[ \t]{0,40}import[ \t]{1,9}([\w., \t]{1,500})/gm))
    modules.push(...names!.split(',').map((name) => name.trim().split(/\s/, 1)[0]!))
  return modules.slice(0, mostImports)
}

function findModule(importer: string, module: string, has: (path: string) => boolean): string | null {
  const dots = /^\.*/.exec(module)![0].length
  const parts = module.slice(dots).split('.').filter(Boolean)
  const way = parts.join('/')
  const folder = dirname(importer)
  if (dots > 0) return pickModule(join(folder, '../'.repeat(dots - 1), way), has)
  for (const root of foldersAbove(folder))
    for (const source of ['', 'src', 'lib', 'python']) {
      const found = pickModule(join(root, source, way), has)
      if (found) return found
    }
  // Its package may go by another name where it is installed.
  return parts.length > 1 ? pickModule(join(folder, parts.at(-1)!), has) : null
}

const pickModule = (place: string, has: (path: string) => boolean) =>
  [`${place}.py`, `${place}.pyi`, join(place, '__init__.py')].find(has) ?? null

function scriptSpecifiers(text: string): string[] {
  const found = text.matchAll(
    /\b(?:from|import|require)(?:[ \t]{0,9}\([ \t]{0,9}|[ \t]{0,9})(["'\u0060])([^"'\u0060\n\\]{1,300})\1/g,
  )
  return [...found].map(([, , specifier]) => specifier!).slice(0, mostImports)
}

function findScript(importer: string, specifier: string, has: (path: string) => boolean): string | null {
  const bare = specifier.replace(/[?#].*$/, '')
  if (/^\.{1,2}(?:\/|$)/.test(bare)) return pickScript(join(dirname(importer), bare), has)
  const alias = /^(?:@|~|\$lib|src)\/(.+)$/.exec(bare)?.[1]
  if (alias === undefined) return null
  for (const root of foldersAbove(dirname(importer)))
    for (const source of ['src', '', 'app']) {
      const found = pickScript(join(root, source, alias), has)
      if (found) return found
    }
  return null
}

/** TypeScript is imported under the name that it has once it is JavaScript. */
function pickScript(place: string, has: (path: string) => boolean): string | null {
  const stem = place.replace(/\.[cm]?jsx?$/, '')
  const candidates = [place, ...scriptEndings.map((ending) => place + ending)]
  if (stem !== place) candidates.push(...scriptEndings.map((ending) => stem + ending))
  return candidates.find(has) ?? null
}

function foldersAbove(folder: string): string[] {
  const folders = [folder]
  for (let at = folder; at !== '.'; at = dirname(at)) folders.push(dirname(at))
  return folders
}

const mostImports = 300

function words(text: string): string[] {
  return text.split(' ')
}
