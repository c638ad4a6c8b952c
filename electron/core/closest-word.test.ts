import { expect, test } from 'vitest'
import { closestWord } from './closest-word.ts'

const keys = ['step', 'agent_role', 'task_type', 'description', 'depends_on', 'priority', 'gate']

test.each([
  ['dependsOn', 'depends_on'],
  ['depends-on', 'depends_on'],
  ['depend_on', 'depends_on'],
  ['agent_rol', 'agent_role'],
  ['agent', null],
  ['descritpion', 'description'],
  ['priorty', 'priority'],
  ['setp', 'step'],
  ['Gate', 'gate'],
  ['type', null],
  ['', null],
  ['x'.repeat(100_000), null],
  ['timeout', null],
])('%.20j is meant to be %j (S29, S106)', (word, expected) => {
  expect(closestWord(word, keys)).toBe(expected)
})
