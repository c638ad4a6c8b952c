import type { LucideIcon } from 'lucide-react'

/** A drawing without a word: always beside a word, or in something that has a name. */
export type Icon = LucideIcon
