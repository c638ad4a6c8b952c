import { AppError } from '../../../shared/errors.ts'

const mostTold = 20

/** The error of a configuration that cannot be used: every problem with its place, as far as people read on. */
export function configError(problems: readonly string[]): AppError {
  const told = problems.slice(0, mostTold)
  const message =
    problems.length === 1
      ? `The configuration cannot be used: ${told[0]}`
      : [
          'The configuration cannot be used:',
          ...told,
          ...(problems.length > mostTold ? ['and more.'] : []),
        ].join('\n  ')
  return new AppError('invalid', message, {
    hint: 'Correct what is named, or leave it out to use the default.',
  })
}
