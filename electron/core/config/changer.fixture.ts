// Run as a program with a file, a key and numbers: sets the key to each of them in turn.
import { changeSetting } from './change-config.ts'

const [file = '', key = '', ...numbers] = process.argv.slice(2)
for (const number of numbers) await changeSetting(file, key, Number(number))
