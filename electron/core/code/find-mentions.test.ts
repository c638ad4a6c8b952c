import { describe, expect, test } from 'vitest'
import { findMentions, mentionOf } from './find-mentions.ts'

const how = (path: string, about: string) => mentionOf(path, findMentions(about))?.how ?? null

describe('what a requirement names (S25)', () => {
  test.each<[string, string, ReturnType<typeof how>]>([
    ['src/app.py', 'Fix src/app.py.', 'path'],
    ['src/app.py', 'See "./src/app.py", please', 'path'],
    ['src/app.py', String.raw`In src\app.py it fails`, 'path'],
    ['packages/x/src/app.py', '(src/app.py:12)', 'path'],
    ['src/app.py', 'File "/home/me/shop/src/app.py", line 3', 'path'],
    ['app.py', 'app.py fails', 'path'],
    ['src/app.py', 'app.py fails', 'name'],
    ['SRC/App.PY', 'src/app.py', 'path'],
    ['src/app.py', 'my-app.py fails', null],
    ['app/[id]/page.tsx', 'the page app/[id]/page.tsx', 'path'],
    ['shop/tax.py', 'import shop.tax', 'code'],
    ['gcd.py', 'gcd(17, 0) never ends', 'code'],
    ['src/user-service.ts', 'UserService forgets', 'code'],
    ['src/user_service.py', '`userService`', 'code'],
    ['auth/__init__.py', '`auth` is slow', 'code'],
    ['quicksort.py', 'Quicksort loses numbers', 'word'],
    ['shopping_cart.py', 'The shopping cart is empty', 'word'],
    ['shoppingCart.ts', 'The shopping cart is empty', 'word'],
    ['utils.py', 'utils are many', null],
    ['test_util.py', 'test the util', null],
    ['order.py', 'reorder it', null],
    ['Makefile', 'The Makefile is wrong', 'word'],
    ['a.py', 'a thing', null],
  ])('%s in %j: %s', (path, about, expected) => {
    expect(how(path, about)).toBe(expected)
  })

  test('hostile texts are read in linear time', () => {
    const units = ['a', '/', '.', 'a/', 'a.', '`', '(', 'a_', '-', '[', '\\']
    for (const unit of units) expect(how('x/y.py', unit.repeat(1_000_000 / unit.length))).toBeNull()
  })
})
