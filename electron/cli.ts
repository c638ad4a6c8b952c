#!/usr/bin/env node
import { CommanderError } from 'commander'
import { AppError } from '../shared/errors.ts'
import { errorText } from './terminal/format.ts'
import { exitCodes } from './terminal/lead-run.ts'
import { createProgram } from './terminal/program.ts'

const wrongUse = 2
const failed = 1

// Whoever read along has gone, as with `| head`: the run is kept, and can be resumed.
process.stdout.on('error', () => process.exit(failed))

try {
  await createProgram().parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : wrongUse
  else {
    const failure = AppError.from(error)
    process.stderr.write(`${errorText(failure)}\n`)
    if (process.env['PADDOCK_DEBUG']) console.error(error)
    process.exitCode = exitCodeOf(failure)
  }
}

function exitCodeOf({ code }: AppError): number {
  if (code === 'cancelled') return exitCodes.cancelled
  return code === 'internal' || code === 'unavailable' ? failed : wrongUse
}
