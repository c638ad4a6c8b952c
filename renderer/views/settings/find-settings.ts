import type { ConfigValue } from '../../../shared/reports.ts'
import type { z } from 'zod'
import { settingSections, settingWords } from '../../strings-settings.ts'

/** A setting as it is shown. */
export type Setting = z.infer<typeof ConfigValue>

/** The section that a setting is shown in. */
export const sectionOf = (key: string): string =>
  settingSections.find(({ starts }) => starts.some((start) => key.startsWith(start)))!.id

/** The settings to show: those that have every word in name or label, and without words those of a section. */
export function findSettings(values: readonly Setting[], words: string, section: string): Setting[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return values.filter(({ key }) => sectionOf(key) === section)
  return values.filter(({ key }) => {
    const title = settingSections.find(({ id }) => id === sectionOf(key))?.title ?? ''
    const text = `${key} ${settingWords(key).label} ${title}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}
