import { parse } from 'yaml'
import { z } from 'zod'
import type { Settings } from '../../../shared/settings.ts'
import type { PromptFiles } from '../context/prompt-files.ts'
import { preferencesForKind, preferencesOf } from './preferences.ts'
import { fileKinds, type FileKind, type PlanForm } from './task-forms.ts'

const Groups = z.record(z.string(), z.partialRecord(z.enum(fileKinds), z.string()))

/**
 * The groups of files that a plan has, a line each, and their shape in JSON: what a plan's prompt is filled with. Each group
 * says what the person prefers of those who write it; what concerns the planner itself stands with its role.
 */
export function planValues(
  form: PlanForm,
  { role, taskType, agents }: { role: string; taskType: string; agents: Settings['agents'] },
  prompts: PromptFiles,
): { groups: string; shape: string } {
  const kinds = Object.keys(form.kinds) as FileKind[]
  const texts = Groups.parse(parse(prompts.fill('groups.yaml')))[`${role}/${taskType}`]
  const own = preferencesOf(role, agents)
  const lines = kinds.map((kind) => {
    const preferred = preferencesForKind(kind, agents).filter((line) => !own.includes(line))
    return [`  - \`${kind}\`: ${texts?.[kind] ?? ''}`, ...preferred].join(' ').trimEnd()
  })
  return { groups: lines.join('\n'), shape: shapeOf(form) }
}

const example = '{"path": "...", "purpose": "...", "needs": []}'
/** A kind that may be empty is shown as empty, so that nothing is made up for it. */
const shapeOf = ({ kinds }: PlanForm) =>
  `{${Object.entries(kinds)
    .map(([kind, [least]]) => `"${kind}": [${least > 0 ? example : ''}]`)
    .join(', ')}}`
