import type { RunEvent } from '../../../shared/run-event.ts'
import type { Log } from './log.ts'
import { logLineOf } from './log-line.ts'

/** Makes the listener that logs what happens in runs, with the agent at work. */
export function logEvents(log: Log): (event: RunEvent) => void {
  const agents = new Map<string, Map<string, string>>()
  return (event) => {
    if (event.type === 'task-started') {
      const ofRun = agents.get(event.run) ?? new Map<string, string>()
      agents.set(event.run, ofRun.set(event.task, event.agent))
    }
    const task = 'task' in event && typeof event.task === 'string' ? event.task : ''
    const { level, message, fields } = logLineOf(event, agents.get(event.run)?.get(task))
    log[level](message, fields)
    if (event.type === 'run-ended') agents.delete(event.run)
  }
}
