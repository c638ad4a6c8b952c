const byEnding: Readonly<Record<string, string>> = {
  ...{
    py: 'python',
    pyi: 'python',
    ts: 'typescript',
    tsx: 'typescript',
    mts: 'typescript',
    cts: 'typescript',
  },
  ...{
    js: 'javascript',
    jsx: 'javascript',
    mjs: 'javascript',
    cjs: 'javascript',
    json: 'json',
    jsonc: 'json',
  },
  ...{ yaml: 'yaml', yml: 'yaml', md: 'markdown', markdown: 'markdown', sh: 'shell', bash: 'shell' },
  ...{
    sql: 'sql',
    html: 'html',
    htm: 'html',
    css: 'css',
    tf: 'hcl',
    hcl: 'hcl',
    tfvars: 'hcl',
    toml: 'toml',
  },
}

/** The editor's name for the language of a file, by its path; plain text where none is known. */
export function languageOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  if (/^(dockerfile|containerfile)(\.|$)/.test(name) || name.endsWith('.dockerfile')) return 'dockerfile'
  const ending = name.slice(name.lastIndexOf('.') + 1)
  return Object.hasOwn(byEnding, ending) ? byEnding[ending]! : 'plaintext'
}
