const deepest = 5

/** An error as plain values for the log: its trace holds those of its causes. */
export function describeError(error: Error): object {
  const { code, hint } = error as { code?: unknown; hint?: unknown }
  return {
    type: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(hint === undefined ? {} : { hint }),
    stack: traces(error).join('\ncaused by: '),
  }
}

function traces(error: unknown, depth = 0): string[] {
  if (depth === deepest || error === undefined || error === null) return []
  if (!(error instanceof Error)) return [String(error)]
  return [error.stack ?? error.message, ...traces(error.cause, depth + 1)]
}
