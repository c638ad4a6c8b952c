import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'

/** The texts under `resources/prompts`, read when first needed. */
export class PromptFiles {
  readonly #folder: string
  readonly #texts = new Map<string, string>()

  constructor(folder: string) {
    this.#folder = folder
  }

  has(name: string): boolean {
    return this.#texts.has(name) || existsSync(join(this.#folder, name))
  }

  /** The task types that a role has a text of its own for. */
  taskTypes(role: string): string[] {
    const folder = join(this.#folder, role)
    if (!existsSync(folder)) return []
    const names = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'role.md')
    return names.map((name) => name.slice(0, -'.md'.length)).sort()
  }

  /** A text with every `{{name}}` filled in; throws `internal` for a missing text or value. */
  fill(name: string, values: Readonly<Record<string, string>> = {}): string {
    return this.#read(name).replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => {
      const value = values[key]
      if (value === undefined)
        throw new AppError('internal', `The prompt ${name} needs a value for {{${key}}}.`)
      return value
    })
  }

  #read(name: string): string {
    const known = this.#texts.get(name)
    if (known !== undefined) return known
    try {
      const text = readFileSync(join(this.#folder, name), 'utf8').trim()
      this.#texts.set(name, text)
      return text
    } catch (cause) {
      throw new AppError('internal', `The prompt ${name} cannot be read.`, {
        hint: 'The installation is damaged: install Paddock again.',
        cause,
      })
    }
  }
}
