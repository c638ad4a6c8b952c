import { useEffect } from 'react'
import { create } from 'zustand'
import { isPlainKey, isPressed } from '../keys.ts'
import { useHost } from './host.ts'
import { useSettings } from './settings.ts'
import { useView } from './view.ts'

/** Something that a person can do by name in the palette, or by a key. */
export type Command = {
  readonly id: string
  readonly title: string
  /** Shortcuts such as `mod+k`; the first is shown. */
  readonly keys?: readonly string[]
  /** The heading that it stands under in the palette and on the sheet of shortcuts. */
  readonly group: string
  /** Left out of the palette: there it would make no sense, as with moving through a list. */
  readonly isKeyOnly?: boolean
  /** Shown neither in the palette nor on the sheet: it stands there already. */
  readonly isHidden?: boolean
  readonly isDisabled?: boolean
  readonly run: () => void
}

/** The commands that can be given now, by who offers them. */
export const useCommands = create<Readonly<Record<string, readonly Command[]>>>()(() => ({}))

/** Offers commands for as long as the view is shown; of two with one key the view's goes before the window's. */
export function useOffer(owner: string, commands: readonly Command[]): void {
  useEffect(() => {
    useCommands.setState({ [owner]: commands })
  })
  useEffect(() => () => useCommands.setState({ [owner]: [] }), [owner])
}

/** Every command that can be given now, the view's own before the window's. */
export const offered = (byOwner: Readonly<Record<string, readonly Command[]>>): Command[] =>
  Object.entries(byOwner)
    .sort(([one], [other]) => Number(one === 'window') - Number(other === 'window'))
    .flatMap(([, commands]) => commands)

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)) &&
  !/^(checkbox|radio|button)$/.test((target as HTMLInputElement).type)

/** One character alone, which speech input and a careless hand produce too. */
const isLetter = (key: string) => isPlainKey(key) && /^(shift\+)?.$/.test(key)

/** Space and Enter belong to the button that has the focus. */
const belongsToTarget = (event: KeyboardEvent) =>
  (event.key === ' ' || event.key === 'Enter') &&
  !event.ctrlKey &&
  !event.metaKey &&
  event.target instanceof HTMLElement &&
  event.target.closest('button, a, summary, [role=button], [role=switch], [role=option], [role=tab]') !== null

/** Gives the command whose key was pressed. */
export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const isOver =
    useView.getState().overlay !== null || document.querySelector('[role=dialog]:not([data-closed])') !== null
  const platform = useHost.getState().info?.platform ?? ''
  for (const { keys = [], isDisabled, run } of offered(useCommands.getState())) {
    const key = keys.find((shortcut) => isPressed(shortcut, event, platform))
    if (!key || isDisabled) continue
    if (isPlainKey(key) && (isOver || isTyping(event.target) || belongsToTarget(event))) continue
    if (isOver && key !== 'mod+k') continue
    if (isLetter(key) && !useSettings.getState().hasLetterKeys) continue
    event.preventDefault()
    run()
    return
  }
}
