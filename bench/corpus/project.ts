import type { Random } from './random.ts'

/** What a made-up project is about: one thing with fields, in the singular and the plural. */
export type Project = {
  readonly random: Random
  readonly one: string
  readonly many: string
  /** The thing as the name of a type. */
  readonly type: string
  readonly fields: readonly string[]
}

/** A file of a project, and the word that its fence would have. */
export type ProjectFile = { readonly path: string; readonly language: string; readonly content: string }

const things = [
  ['invoice', 'invoices', 'number customer total due_date'],
  ['booking', 'bookings', 'room guest arrives_on nights'],
  ['patient', 'patients', 'name born_on ward allergies'],
  ['shipment', 'shipments', 'tracking_code carrier weight_kg status'],
  ['recipe', 'recipes', 'title servings minutes ingredients'],
  ['ticket', 'tickets', 'subject priority assignee opened_at'],
  ['sensor', 'sensors', 'serial location unit last_value'],
  ['loan', 'loans', 'member book lent_on returned_on'],
  ['expense', 'expenses', 'category amount currency paid_by'],
  ['player', 'players', 'nickname score level team'],
  ['vehicle', 'vehicles', 'plate make mileage_km inspected_on'],
  ['article', 'articles', 'slug headline author published_at'],
] as const

/** Draws what a project is about. */
export function drawProject(random: Random): Project {
  const [one, many, fields] = random.pick(things)
  return { random, one, many, type: one[0]!.toUpperCase() + one.slice(1), fields: fields.split(' ') }
}

/** Some of the optional parts, so that no two files of a kind are alike. */
export function some(random: Random, parts: readonly string[]): string {
  return parts.filter(() => random.chance(0.6)).join('')
}

/** A file from its three parts. */
export const named = (path: string, language: string, content: string): ProjectFile => ({
  path,
  language,
  content,
})
