// Run as a program with a root and acts such as "read:a/b": does them in turn and prints the errors as JSON.
import { AppError } from '../../../shared/errors.ts'
import { openWorkspace } from './workspace.ts'

const [root = '', ...acts] = process.argv.slice(2)

async function perform(act: string): Promise<unknown> {
  const workspace = await openWorkspace(root)
  const path = act.slice(act.indexOf(':') + 1)
  return act.startsWith('read:') ? workspace.read(path) : workspace.write(path, Buffer.from('new'))
}

const errors: unknown[] = []
for (const act of acts) {
  errors.push(
    await perform(act).then(
      () => null,
      (error: unknown) => AppError.from(error).toJSON(),
    ),
  )
}
console.log(JSON.stringify(errors))
