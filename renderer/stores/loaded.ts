import { AppError, type ErrorData } from '../../shared/errors.ts'

/** Something that is read from the core: what was read last stays while it is read again. */
export type Loaded<T> = {
  readonly state: 'empty' | 'busy' | 'ready' | 'failed'
  readonly value: T | null
  readonly error: ErrorData | null
}

/** Before anything was read. */
export const notLoaded: Loaded<never> = { state: 'empty', value: null, error: null }

/** Makes a way to read something anew, which tells nothing of a reading once a later one has begun. */
export function createReader<T>(
  before: () => Loaded<T>,
  read: () => Promise<T>,
  tell: (loaded: Loaded<T>) => void,
): () => Promise<void> {
  let latest = 0
  return () => {
    const mine = ++latest
    return load(before(), read, (loaded) => mine === latest && tell(loaded))
  }
}

/** Reads something, and tells of each state that it goes through. */
export async function load<T>(
  before: Loaded<T>,
  read: () => Promise<T>,
  tell: (loaded: Loaded<T>) => void,
): Promise<void> {
  tell({ state: 'busy', value: before.value, error: null })
  try {
    tell({ state: 'ready', value: await read(), error: null })
  } catch (error) {
    tell({ state: 'failed', value: before.value, error: AppError.from(error).toJSON() })
  }
}
