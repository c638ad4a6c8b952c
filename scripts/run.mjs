// How these scripts speak, fail and run other programs.

import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { isatty } from 'node:tty'

/** Tells the person what happens. On stderr, because stdout belongs to the program that a script starts. */
export function say(message) {
  process.stderr.write(`paddock: ${message}\n`)
}

/** Something that set-up could not do; its message says what, and what to do about it. */
export class SetupError extends Error {}

/** Runs a script's work and makes the number that it returns, if any, the exit code. */
export async function runMain(work) {
  try {
    const code = await work()
    if (code !== undefined) process.exitCode = code
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(error.message)
    process.exitCode = 1
  }
}

/**
 * Runs a program on this terminal, passes signals on to it and returns its exit code (128 and the signal's number
 * where a signal ended it, as in a shell).
 */
export function runChild(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    const relays = ['SIGINT', 'SIGHUP', 'SIGTERM'].map((signal) => [signal, () => relay(child, signal)])
    for (const [signal, listener] of relays) process.on(signal, listener)
    const orphanWatch = setInterval(() => {
      if (!isOrphaned()) return
      clearInterval(orphanWatch)
      child.kill('SIGTERM')
    }, 500)
    const settle = (finish) => (value, signal) => {
      for (const [name, listener] of relays) process.off(name, listener)
      clearInterval(orphanWatch)
      finish(value, signal)
    }
    child.on('error', settle(reject))
    child.on(
      'exit',
      settle((code, signal) => resolve(code ?? 128 + constants.signals[signal])),
    )
  })
}

function relay(child, signal) {
  // A terminal sends Ctrl-C and its own end to every program on it, so the child has them already; a second Ctrl-C
  // means "at once" to many programs.
  const isFromTerminal = signal !== 'SIGTERM' && [0, 1, 2].some((descriptor) => isatty(descriptor))
  if (!isFromTerminal) child.kill(signal)
}

const parent = process.ppid

/** Whether the shell that npm started this in is gone: a SIGTERM to npm ends that shell, which passes nothing on. */
function isOrphaned() {
  return process.env.npm_command !== undefined && process.ppid !== parent
}
