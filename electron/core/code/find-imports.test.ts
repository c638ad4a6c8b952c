import { describe, expect, test } from 'vitest'
import { findDefinition } from './find-definitions.ts'
import { findImports } from './find-imports.ts'

const files = new Set(
  `tax.py shop/__init__.py shop/tax.py shop/cart.py shop/deep/x.py src/lib2/core.py tests/test_cart.py
  web/main.ts web/cart.ts web/view.tsx web/list/index.ts web/old.js web/data.json web/App.vue src/api.ts`.split(
    /\s+/,
  ),
)
const imports = (path: string, text: string) => findImports(path, text, (one) => files.has(one))

describe('plain import lines (S25)', () => {
  test.each<[string, string, string[]]>([
    ['tests/test_cart.py', 'from shop.cart import Cart', ['shop/cart.py']],
    ['tests/test_cart.py', 'import shop.cart as c, os', ['shop/cart.py']],
    ['tests/test_cart.py', 'from shop import cart, tax', ['shop/cart.py', 'shop/tax.py', 'shop/__init__.py']],
    ['tests/test_cart.py', '    from shop import (\n        cart,\n    )', ['shop/__init__.py']],
    ['shop/cart.py', 'from . import tax', ['shop/tax.py', 'shop/__init__.py']],
    ['shop/deep/x.py', 'from ..cart import Cart', ['shop/cart.py']],
    ['shop/deep/x.py', 'from ....cart import Cart', []],
    ['tests/a.py', 'import lib2.core', ['src/lib2/core.py']],
    ['shop/cart.py', 'from python_programs.tax import tax', ['shop/tax.py']],
    ['shop/cart.py', 'import os\nfrom json import load\n# import tax', []],
    ['web/main.ts', "import { Cart } from './cart.ts'\nimport './view'", ['web/cart.ts', 'web/view.tsx']],
    [
      'web/main.ts',
      "export * from './list'\nconst o = require('./old.js')",
      ['web/list/index.ts', 'web/old.js'],
    ],
    [
      'web/main.ts',
      "import a from './cart.js'; await import('./data.json')",
      ['web/cart.ts', 'web/data.json'],
    ],
    ['web/App.vue', "import api from '@/api'\nimport x from 'react'", ['src/api.ts']],
    ['web/main.ts', "import x from '../../../../etc/passwd'", []],
    ['web/cart.ts', "import x from './cart'", []],
    ['notes.md', "import './tax'", []],
  ])('%s: %j', (path, text, expected) => {
    expect(imports(path, text)).toEqual(expected)
  })

  test('hostile texts are read in linear time', () => {
    const units = ['from ', 'from a import ', 'import a,', "from '", 'import(', '\n', '.', 'from .', "'"]
    for (const unit of units)
      for (const path of ['a.py', 'a.ts'])
        expect(imports(path, unit.repeat(262_144 / unit.length))).toEqual([])
  })
})

describe('definitions (S25)', () => {
  test.each([
    ['def total(a):', 'total'],
    ['class Cart:', 'Cart'],
    ['export function readAll() {', 'readAll'],
    ['func (c *Cart) Sum() int {', 'Sum'],
    ['export const makeCart = () => {', 'makeCart'],
    ['pub fn parse_line(', 'parse_line'],
  ])('%s', (text, name) => {
    expect(findDefinition(`x = 1\n${text}\n`, new Set([name]))).toBe(name)
  })

  test('a use is none', () => {
    expect(findDefinition('total(1)\n  const total = 2\n# the class total\n', new Set(['other']))).toBeNull()
    expect(findDefinition('x = total(1)\n  const total = 2\n', new Set(['total']))).toBeNull()
  })
})
