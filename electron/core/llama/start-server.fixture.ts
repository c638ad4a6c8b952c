// Starts the llama-server that the settings on its command line describe, prints its process id, and waits to be ended.

import { Settings } from '../../../shared/settings.ts'
import { openLog } from '../log/log.ts'
import { startServer } from './start-server.ts'

const [settings = '{}', file = ''] = process.argv.slice(2)
const log = openLog({ level: 'DEBUG', file, maxMegabytes: 1, filesKept: 1 })
const { pid } = await startServer(Settings.parse(JSON.parse(settings)), log, new AbortController().signal)
process.stdout.write(`${pid}\n`)
process.stdin.on('data', () => process.exit(0))
