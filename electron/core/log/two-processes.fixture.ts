// Writes numbered lines to a log that another process writes to as well: a program.

import { openLog } from './log.ts'

const [file = '', name = '', lines = '0', maxMegabytes = '1', filesKept = '1'] = process.argv.slice(2)
const log = openLog({ level: 'INFO', file, maxMegabytes: Number(maxMegabytes), filesKept: Number(filesKept) })
for (let number = 0; number < Number(lines); number++) log.info(`${name} ${number}`)
await log.close()
