import { Code, Feather, FlaskConical, Layers, List, Puzzle, User } from 'lucide-react'
import { classNames } from './class-names.ts'
import type { Icon } from './icon.ts'

type Look = { readonly icon: Icon; readonly colour: string; readonly hue: string }

const looks: Readonly<Record<string, Look>> = {
  business_analyst: { icon: List, colour: 'text-role-ba bg-role-ba/16', hue: 'var(--role-ba)' },
  developer: { icon: Code, colour: 'text-role-dev bg-role-dev/16', hue: 'var(--role-dev)' },
  qa_engineer: { icon: FlaskConical, colour: 'text-role-qa bg-role-qa/16', hue: 'var(--role-qa)' },
  devops_engineer: { icon: Layers, colour: 'text-role-devops bg-role-devops/16', hue: 'var(--role-devops)' },
  technical_writer: {
    icon: Feather,
    colour: 'text-role-writer bg-role-writer/16',
    hue: 'var(--role-writer)',
  },
  you: { icon: User, colour: 'text-fg-2 bg-surface-3', hue: 'var(--text-2)' },
}
const custom: Look = { icon: Puzzle, colour: 'text-fg-2 bg-surface-3', hue: 'var(--text-2)' }

/** Drawing and colour of a role; a role that a person added has those of `custom`. */
export const roleLook = (role: string): Look => (Object.hasOwn(looks, role) ? looks[role]! : custom)

/** The sign of a role. Its name stands beside it, or is given as `label`. */
export function RoleGlyph({
  role,
  size = 20,
  label,
}: {
  readonly role: string
  readonly size?: 16 | 20
  readonly label?: string
}) {
  const { icon: Drawing, colour } = roleLook(role)
  return (
    <span
      role={label ? 'img' : undefined}
      aria-label={label}
      className={classNames(
        'grid flex-none place-items-center',
        size === 20 ? 'size-5 rounded-[5px]' : 'size-4 rounded-sm',
        colour,
      )}
    >
      <Drawing aria-hidden size={size - 6} strokeWidth={size === 20 ? 1.75 : 2} />
    </span>
  )
}
