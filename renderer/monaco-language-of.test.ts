import { expect, test } from 'vitest'
import { languageOf } from './monaco-language-of.ts'

test.each([
  ['src/app.py', 'python'],
  ['src/app.test.tsx', 'typescript'],
  ['index.mjs', 'javascript'],
  ['package.json', 'json'],
  ['.github/workflows/ci.yml', 'yaml'],
  ['README.md', 'markdown'],
  ['Dockerfile', 'dockerfile'],
  ['docker/Dockerfile.dev', 'dockerfile'],
  ['run.sh', 'shell'],
  ['schema.SQL', 'sql'],
  ['index.html', 'html'],
  ['app.css', 'css'],
  ['main.tf', 'hcl'],
  ['pyproject.toml', 'toml'],
  ['LICENSE', 'plaintext'],
  ['.gitignore', 'plaintext'],
  ['what.constructor', 'plaintext'],
])('%s is %s', (path, language) => expect(languageOf(path)).toBe(language))
