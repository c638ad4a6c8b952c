import { started } from '../../../shared/history.fixture.ts'
import { runId } from '../test-run.fixture.ts'
import { blobOf } from './ledger.ts'
import { openLedger } from './sqlite.ts'

/**
 * A process that uses the ledger of a folder: `append` adds events for ever and prints each number once the ledger has
 * said that it is stored; `claim` becomes the run's owner, says so, and stays. It lives until it is killed.
 */
const [, , folder = '', act] = process.argv
const ledger = openLedger(folder)

if (act === 'claim') {
  ledger.claim(runId)
  console.log('claimed')
  // Used again, or the collector would close the ledger and so give up the run.
  setInterval(() => ledger.version(), 1000)
} else {
  for (let count = 0; ; count++) {
    const text = `content ${process.pid} ${count}`
    const events = [started('a', text), started('a', `${text}, too`)]
    const blob = blobOf(text)
    const stored = await ledger.append(runId, events, { blobs: [blob], lazily: count % 3 === 0 })
    console.log(stored.map(({ seq }) => seq).join('\n'))
  }
}
