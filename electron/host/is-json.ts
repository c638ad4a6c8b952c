/** Deeper than anything that the contract knows, and far from what a stack can bear. */
const deepest = 100

/**
 * Whether a value is what JSON can say, and plain objects only; `undefined`, which says that nothing is given, passes
 * too. Other transports carry JSON as text, so that nothing else can come.
 */
export function isJson(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'undefined':
    case 'string':
    case 'boolean':
      return true
    case 'number':
      return Number.isFinite(value)
    case 'object':
      if (value === null) return true
      if (depth === deepest || !isPlain(value)) return false
      return Object.values(value).every((part) => isJson(part, depth + 1))
    default:
      return false
  }
}

/** An own `__proto__` is no one's key: it is there to become a prototype where objects are merged. */
function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true
  return Object.getPrototypeOf(value) === Object.prototype && !Object.hasOwn(value, '__proto__')
}
