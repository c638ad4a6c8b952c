import { expect, test } from 'vitest'
import { asButtons } from './as-buttons.ts'

const id = '20260101-000000-abcdef'

test.each([
  [`To go on: paddock resume ${id}`, 'To go on: “Resume”'],
  ['Free space, then: paddock resume', 'Free space, then: “Resume”'],
  [
    'The other files are kept. `paddock resume` asks for the missing ones again.',
    'The other files are kept. “Resume” asks for the missing ones again.',
  ],
  [`Wait for it, or ask it to end: paddock cancel ${id}`, 'Wait for it, or ask it to end: “Stop”'],
  [`Look at it: paddock show ${id}`, 'Look at it: “Open” in Runs'],
  ['paddock list shows all runs.', '“Runs” shows all runs.'],
  [
    'paddock config shows every setting and where it comes from.',
    '“Settings” shows every setting and where it comes from.',
  ],
  ['Start one: paddock run DOCUMENT, or paddock rehearse', 'Start one: “New run”, or “Rehearsal”'],
])('%s', (told, shown) => expect(asButtons(told)).toBe(shown))

test.each([
  'Correct the file, and try it with: paddock workflows check FILE',
  'paddock config set llama_server.model /path/to/model.gguf',
  'Open the address that `paddock serve` printed last.',
  'Look into /home/ada/paddock run it, or x-paddock list.',
])('%s stays: the window has no button that does it', (text) => expect(asButtons(text)).toBe(text))
