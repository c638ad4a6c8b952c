import type { Listener } from '../../shared/rpc.ts'
import type { TextDelta } from '../../shared/run-event.ts'

/** Events on their way to a window, in their order. `reset`: some were lost, so what was folded has to be read anew. */
export type Batch = readonly (readonly [name: string, payload: unknown])[]

/** Gathers events for one window. `push` is told of each; `stop` ends it, and what is not sent by then is not sent. */
export type Batcher = { readonly push: Listener; stop(): void }

/** The least milliseconds between two batches; what may wait for a window that does not read, in events and characters. */
export type BatchLimits = { readonly interval: number; readonly events: number; readonly characters: number }

const usual: BatchLimits = { interval: 1000 / 30, events: 10_000, characters: 4_000_000 }

/**
 * Sends events as batches, at most 30 a second whatever the models' rate. Deltas of one call that follow on each other
 * become one; run events keep their order. Where `send` returns a promise the next batch waits for it, and a window that
 * falls too far behind is sent `reset` instead of what it missed.
 */
export function createBatcher(
  send: (batch: Batch) => void | Promise<void>,
  limits: Partial<BatchLimits> = {},
): Batcher {
  const { interval, events, characters } = { ...usual, ...limits }
  let waiting = emptyQueue()
  let timer: NodeJS.Timeout | undefined
  let sentAt = -Infinity
  let isSending = false
  let isStopped = false

  const schedule = () => {
    if (timer || isSending || isStopped || waiting.batch.length === 0) return
    timer = setTimeout(() => void flush(), Math.max(0, sentAt + interval - performance.now()))
  }
  const flush = async () => {
    timer = undefined
    const { batch } = waiting
    waiting = emptyQueue()
    sentAt = performance.now()
    isSending = true
    try {
      await send(batch)
    } catch {
      // The window is gone or going: its host ends this batcher.
    }
    isSending = false
    schedule()
  }
  return {
    push(name, payload) {
      if (isStopped || waiting.isLost) return
      add(waiting, name, payload)
      if (waiting.batch.length > events || waiting.characters > characters)
        waiting = { ...emptyQueue(), batch: [['reset', null]], isLost: true }
      schedule()
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
      waiting = emptyQueue()
    },
  }
}

type Queue = {
  readonly batch: [name: string, payload: unknown][]
  /** Where in the batch the last delta of each call stands. */
  readonly deltas: Map<string, number>
  characters: number
  readonly isLost: boolean
}

const emptyQueue = (): Queue => ({ batch: [], deltas: new Map(), characters: 0, isLost: false })

function add(queue: Queue, name: string, payload: unknown): void {
  if (name !== 'delta') {
    queue.batch.push([name, payload])
    return
  }
  const delta = payload as TextDelta
  queue.characters += delta.text.length
  const key = `${delta.run} ${delta.call}`
  const at = queue.deltas.get(key)
  const before = at === undefined ? undefined : (queue.batch[at]![1] as TextDelta)
  if (at !== undefined && before && before.offset + before.text.length === delta.offset) {
    // Text goes to its place by its offset, so it may come earlier than events of other calls.
    queue.batch[at] = [name, { ...delta, offset: before.offset, text: before.text + delta.text }]
    return
  }
  queue.deltas.set(key, queue.batch.length)
  queue.batch.push([name, delta])
}
