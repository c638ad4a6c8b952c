import type { Command } from '../../stores/commands.ts'

/** Makes the commands of one screen: each with a name for people and one key. */
export const commandOf =
  (group: string) =>
  (id: string, title: string, key: string, run: () => unknown, isDisabled = false): Command => ({
    id,
    title,
    group,
    keys: [key],
    isDisabled,
    run: () => void run(),
  })
