import type { RunEvent } from '../../shared/run-event.ts'

type Created = Extract<RunEvent, { type: 'run-created' }>

/** What a run is called in lists: the first heading or line of what was asked. */
export function titleOf({ requirement, documents }: Created, read: (hash: string) => string): string {
  const text = requirement || (documents[0] ? read(documents[0].hash) : '')
  const lines = text.slice(0, 4000).split('\n')
  const heading = lines.find((line) => line.startsWith('#')) ?? lines.find((line) => line.trim() !== '')
  const title = (heading ?? '').replace(/^#+\s*/, '').trim()
  return title.slice(0, 120) || documents[0]?.name || 'Untitled'
}
