import { reviewStrings } from '../../strings-review.ts'
import { Button } from '../button.tsx'
import { Select } from '../select.tsx'

/** A version that claims a path. */
type Rival = { readonly hash: string; readonly name: string; readonly isWhole: boolean }

type ConflictBarProps = {
  readonly versions: readonly Rival[]
  readonly sides: readonly [number, number]
  readonly onSides: (sides: readonly [number, number]) => void
  readonly onChoose: (hash: string) => void
}

const words = reviewStrings.file

/** Two of the versions that claim one path, side by side, and the buttons that settle which one counts. */
export function ConflictBar({ versions, sides, onSides, onChoose }: ConflictBarProps) {
  const choices = versions.map(({ name }, index) => ({ value: String(index), label: name }))
  const side = (place: 0 | 1, label: string, word: string) => {
    const version = versions[sides[place]] ?? versions.at(-1)!
    const chosen = (value: string): readonly [number, number] =>
      place === 0 ? [Number(value), sides[1]] : [sides[0], Number(value)]
    return (
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <span className="min-w-0 flex-1">
          <Select
            label={label}
            size="sm"
            choices={choices}
            value={String(versions.indexOf(version))}
            onChange={(value) => onSides(chosen(value))}
          />
        </span>
        <Button size="sm" onClick={() => onChoose(version.hash)}>
          {words.choose(word)}
        </Button>
      </div>
    )
  }
  return (
    <div className="flex flex-none gap-4 px-4 py-2">
      {side(0, words.left, words.sides.left)}
      {side(1, words.right, words.sides.right)}
    </div>
  )
}
