import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const samples = join(import.meta.dirname, '../../../../shared/samples/bugs/gcd')
const hasSample = existsSync(samples)
if (!hasSample) console.warn('The sample bugs are not here: a stand-in of our own takes their place.')
const sample = (name: string, standIn: string) =>
  hasSample ? readFileSync(join(samples, name), 'utf8') : standIn

/** The sample bug gcd: the file that has it, and how it is mended. */
export const code = sample(
  'gcd.py',
  'def gcd(a, b):\n    if b == 0:\n        return a\n    else:\n        return gcd(a % b, b)\n',
)
export const mended = code.replace('gcd(a % b, b)', 'gcd(b, a % b)')

/** What the workspace holds. */
export const files = {
  'gcd.py': code,
  'test_gcd.py': sample('test_gcd.py', 'import pytest\nfrom gcd import gcd\n'),
  'gcd.json': sample('gcd.json', '[[17, 0], 17]\n'),
}

/** What a person says of the bug. */
export const requirement = 'gcd(35, 21) in gcd.py ends with a RecursionError; it should be 7.'

/** What an agent finds. */
export const bug = {
  title: 'Endless recursion',
  file: 'gcd.py',
  quote: 'return gcd(a % b, b)',
  severity: 'critical',
  steps: ['Call gcd(35, 21).'],
  expected: 'It is 7.',
  actual: 'A RecursionError.',
  cause: 'The remainder stands first.',
  suggestion: 'Return gcd(b, a % b).',
}

/** The answer that plans these files. */
export const ownPlan = (...paths: string[]) =>
  JSON.stringify({
    reason: 'The order of the arguments is wrong.',
    files: paths.map((path) => ({ path, purpose: 'Passes b first.', needs: [] })),
  })
