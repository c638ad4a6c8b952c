import {
  body,
  path,
  one,
  fence,
  family,
  gpt,
  claude,
  qwen,
  llama,
  type Convention,
} from './convention.fixture.ts'

const firstLine = (
  first: string,
  language: string,
  name: string,
  rest = 'x\n',
): readonly [string, Record<string, string>] => {
  const content = `${first}\n${rest}`
  return [fence(language, content), { [name]: content }]
}

/** The first lines inside the block name the file. */
export const inside: readonly Convention[] = family('inside', [
  [
    'here-documents of a script',
    `${claude}, shell sessions`,
    fence('bash', `mkdir -p src\ncat > src/app.py <<'EOF'\n${body}EOF\n\ncat <<EOF > src/b.py\nx = 1\nEOF\n`),
    { ...one, 'src/b.py': 'x = 1\n' },
  ],
  ['%%writefile', 'Jupyter and Colab notebooks', fence('python', `%%writefile src/app.py\n${body}`)],
  [
    'a ruled comment before the name',
    llama,
    ...firstLine('# ------\n# src/app.py\n# ------', 'python', path),
  ],
  ['## name', 'MetaGPT, WriteCode', ...firstLine('## game.py', 'python', 'game.py')],
  ['# path', gpt, ...firstLine('# src/app.py', 'python', path)],
  ['# File: path', claude, ...firstLine('# File: src/app.py', 'python', path)],
  ['# filename: path', llama, ...firstLine('# filename: src/app.py', 'python', path)],
  ['# path with a description', gpt, ...firstLine('# src/app.py - the entry point', 'python', path)],
  ['# ruled path', gpt, ...firstLine('# ----- src/app.py -----', 'python', path)],
  ['// path', gpt, ...firstLine('// src/app.ts', 'typescript', 'src/app.ts')],
  ['/* path */', claude, ...firstLine('/* styles/site.css */', 'css', 'styles/site.css')],
  ['/** path', claude, ...firstLine('/**\n * src/app.ts\n */', 'ts', 'src/app.ts')],
  ['@file path', llama, ...firstLine('/** @file src/app.c */', 'c', 'src/app.c')],
  ['<!-- path -->', gpt, ...firstLine('<!-- templates/index.html -->', 'html', 'templates/index.html')],
  ['-- path', gpt, ...firstLine('-- db/schema.sql', 'sql', 'db/schema.sql')],
  ['; path', llama, ...firstLine('; config/app.ini', 'ini', 'config/app.ini')],
  ['% path', llama, ...firstLine('% paper/main.tex', 'latex', 'paper/main.tex')],
  ['"""path"""', qwen, ...firstLine('"""src/app.py"""', 'python', path)],
  ['docstring below', qwen, ...firstLine('"""\nsrc/app.py\n"""', 'python', path)],
  ['# Dockerfile', gpt, ...firstLine('# Dockerfile', 'dockerfile', 'Dockerfile', 'FROM scratch\n')],
  [
    '# .github/...',
    gpt,
    ...firstLine('# .github/workflows/ci.yml', 'yaml', '.github/workflows/ci.yml', 'on: push\n'),
  ],
  ['# requirements.txt', gpt, ...firstLine('# requirements.txt', 'text', 'requirements.txt', 'flask\n')],
  ['// package.json', gpt, ...firstLine('// package.json', 'json', 'package.json', '{}\n')],
  ['behind #!', claude, ...firstLine('#!/usr/bin/env bash\n# scripts/run.sh', 'bash', 'scripts/run.sh')],
  ['behind <?php', gpt, ...firstLine('<?php\n// src/index.php', 'php', 'src/index.php')],
  [
    'behind <!DOCTYPE>',
    gpt,
    ...firstLine('<!DOCTYPE html>\n<!-- index.html -->', 'html', 'index.html', '<html></html>\n'),
  ],
  ['without language', gpt, ...firstLine('# src/app.py', '', path)],
])
