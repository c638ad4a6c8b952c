import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AgentMessage } from '../../shared/agent.ts'
import { MessageBus } from './message-bus.ts'
import { openTestRun, type TestRun } from './test-run.fixture.ts'

let run: TestRun
let bus: MessageBus
beforeEach(async () => {
  run = await openTestRun()
  bus = new MessageBus(run.journal)
})
afterEach(() => run.stop())

const message = (from_agent: string, to_agent: string, content: string): AgentMessage => ({
  message_id: `${from_agent} ${content}`,
  from_agent,
  to_agent,
  kind: 'note',
  content,
  task_id: null,
})
const received = (agent: string) => bus.receive(agent)?.content ?? null

test('a message is in the journal before anybody can receive it (S13)', async () => {
  const sending = bus.send(message('dev_001', 'qa_001', 'done'))
  expect(received('qa_001')).toBeNull()
  await sending
  expect(run.openAgain().journal.run.messages).toEqual([message('dev_001', 'qa_001', 'done')])
  expect(received('qa_001')).toBe('done')
})

test('messages are received in order, each once, by the one that they are for (S13, S45)', async () => {
  await bus.send(message('dev_001', 'qa_001', 'one'))
  await bus.send(message('dev_001', 'ba_001', 'for another'))
  await bus.send(message('ba_001', 'qa_001', 'two'))
  expect([received('qa_001'), received('qa_001'), received('qa_001')]).toEqual(['one', 'two', null])
  expect([received('ba_001'), received('ba_001')]).toEqual(['for another', null])
  expect(received('nobody')).toBeNull()
})

test('a broadcast reaches all but the one who sent it (S13, S32)', async () => {
  await bus.send(message('dev_001', 'all', 'news'))
  expect(['dev_001', 'qa_001', 'ba_001'].map(received)).toEqual([null, 'news', 'news'])
})

test('what a resumed task sends once more is not a second message', async () => {
  await bus.send(message('dev_001', 'qa_001', 'done'))
  expect(received('qa_001')).toBe('done')
  await bus.send(message('dev_001', 'qa_001', 'done'))
  expect(received('qa_001')).toBeNull()
})
