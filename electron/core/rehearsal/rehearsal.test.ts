import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { extractOne } from '../files/parse.ts'
import { readDocument } from '../documents/read-document.ts'
import { listRehearsals, loadRehearsal, startRehearsal } from './rehearsal.ts'
import type { ScriptedEndpoint } from './scripted-endpoint.ts'

const folder = fileURLToPath(new URL('../../../resources/rehearsal/feature_development', import.meta.url))
const { title, document, script } = loadRehearsal(folder)
const documentText = new TextDecoder().decode(document.bytes)
const files = script.flatMap(({ file, task, text }) => (file === null ? [] : [{ file, task, text }]))

const temporary = mkdtempSync(join(tmpdir(), 'paddock-rehearsal-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

const Analysis = z.strictObject({
  summary: z.string().min(1),
  stories: z
    .array(
      z.strictObject({
        title: z.string().min(1),
        story: z.string().regex(/^As an? .+, I want .+, so that .+/),
        criteria: z.array(z.string().min(1)).min(1),
      }),
    )
    .min(1),
  assumptions: z.array(z.string()),
  questions: z.array(z.string()),
})
const Files = z.array(
  z.strictObject({ path: z.string(), purpose: z.string().min(1), needs: z.array(z.string()) }),
)
const Design = z.strictObject({
  overview: z.string().min(1),
  decisions: z.array(z.strictObject({ decision: z.string().min(1), reason: z.string().min(1) })).min(1),
  files: z.strictObject({ implementation: Files, testing: Files, deployment: Files, documentation: Files }),
})

const answerOf = (task: string) => JSON.parse(script.find((recorded) => recorded.task === task)?.text ?? '')
const design = Design.parse(answerOf('developer / architecture_design'))

describe('the recorded answers', () => {
  test('the analysis and the design are in the form that the prompts ask for', () => {
    expect(
      Analysis.parse(answerOf('business_analyst / requirements_analysis')).questions.length,
    ).toBeLessThanOrEqual(5)
    expect(design.files.implementation).toHaveLength(6)
  })

  test('every planned file has one answer, and every answer is planned', () => {
    const authors = {
      implementation: 'developer',
      testing: 'qa_engineer',
      deployment: 'devops_engineer',
      documentation: 'technical_writer',
    }
    const planned = Object.entries(authors).flatMap(([kind, author]) =>
      design.files[kind as keyof typeof authors].map(({ path }) => ({
        task: `${author} / ${kind}`,
        file: path,
      })),
    )
    expect(files.map(({ task, file }) => ({ task, file }))).toEqual(planned)
  })

  test('what a file needs is planned before it, so the plan has no cycle', () => {
    const { implementation, testing, deployment, documentation } = design.files
    const seen = new Set<string>()
    for (const { path, needs } of [implementation, testing, deployment, documentation].flat()) {
      expect([path, needs.filter((need) => !seen.has(need))]).toEqual([path, []])
      seen.add(path)
    }
    const tests = new Set(testing.map(({ path }) => path))
    // Testing and deployment run side by side.
    expect(deployment.flatMap(({ needs }) => needs).filter((need) => tests.has(need))).toEqual([])
  })

  test.each(files)('$file is one whole file in the asked form', ({ file, text }) => {
    expect(extractFile(text, file)).toMatch(/\S\n$/)
  })

  test('no answer claims that something was run', () => {
    for (const { text } of script)
      expect(text).not.toMatch(/tests? (?:all )?pass(?:ed|es)?\b|have (?:run|tested)/i)
  })

  test('the document is read without a warning', async () => {
    expect((await readDocument(document.name, document.bytes)).warnings).toEqual([])
  })
})

describe('the product', () => {
  const product = join(temporary, 'product')
  for (const { file, text } of files) {
    mkdirSync(dirname(join(product, file)), { recursive: true })
    writeFileSync(join(product, file), extractFile(text, file))
  }
  const python = (...parameters: string[]) =>
    spawnSync('python3', parameters, {
      cwd: product,
      encoding: 'utf8',
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    })
  const hasPython = python('--version').status === 0
  if (!hasPython) console.log('The tests of the rehearsed product are skipped: there is no python3 here.')

  test.skipIf(!hasPython)('passes its own tests', () => {
    const { status, stderr } = python('-W', 'error', '-m', 'unittest')
    expect(stderr).toMatch(/\nOK\n$/)
    expect(Number(/Ran (\d+) tests/.exec(stderr)?.[1])).toBeGreaterThan(8)
    expect(status).toBe(0)
  })

  test.skipIf(!hasPython)('finds no broken link in its own documentation', () => {
    const { status, stdout } = python('-m', 'linkcheck')
    expect(stdout).toMatch(/ in 2 documents checked, 0 problems\.\n$/)
    expect(status).toBe(0)
  })

  test.skipIf(!hasPython)('finds a link that a person broke', () => {
    writeFileSync(join(product, 'notes.md'), '# Notes\n\nSee [usage](docs/usge.md#exit-codes).\n')
    const { status, stdout } = python('-m', 'linkcheck')
    rmSync(join(product, 'notes.md'))
    expect(stdout.split('\n')[0]).toBe(
      'notes.md:3: docs/usge.md#exit-codes: no such file, did you mean docs/usage.md?',
    )
    expect(status).toBe(1)
  })
})

describe('the endpoint', () => {
  let endpoint: ScriptedEndpoint
  afterEach(() => endpoint.stop())

  async function ask(content: string) {
    const response = await fetch(`${endpoint.url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        messages: [
          { role: 'system', content: 'You are one of a team.' },
          { role: 'user', content },
        ],
        stream: true,
      }),
    })
    const body = await response.text()
    if (!response.ok) return { status: response.status, message: JSON.parse(body).error.message }
    const events = body.split('\n\n').filter((event) => event.startsWith('data: {'))
    const text = events.map((event) => JSON.parse(event.slice(6)).choices[0]?.delta.content ?? '').join('')
    return { status: response.status, text }
  }
  const prompt = (task: string, file: string | null, own = documentText) =>
    `# The document\n\n${own}\n\n# Your task: ${task}\n\n` +
    (file === null
      ? 'Answer with JSON only.'
      : `The file to write: \`${file}\`\n\nAnswer with this file only.`)

  test('answers every task and every file with what was recorded', async () => {
    endpoint = await startRehearsal(folder, { tokensPerSecond: Infinity, firstTokenMs: 0, slots: 4 })
    const answers = await Promise.all(script.map(({ task, file }) => ask(prompt(task, file))))
    expect(answers).toEqual(script.map(({ text }) => ({ status: 200, text })))
    expect(endpoint.requests()).toBe(script.length)
  })

  test('takes the last task of a message, for documents and earlier answers may quote one', async () => {
    endpoint = await startRehearsal(folder, { tokensPerSecond: Infinity, firstTokenMs: 0 })
    const quoted = prompt('developer / implementation', 'linkcheck/cli.py')
    const answer = await ask(quoted + '\n\n' + prompt('developer / architecture_design', null))
    expect(answer).toEqual({ status: 200, text: script[1]?.text })
  })

  test('plays a document whose line ends were changed', async () => {
    endpoint = await startRehearsal(folder, { tokensPerSecond: Infinity, firstTokenMs: 0 })
    const crlf = documentText.replaceAll('\n', '\r\n')
    expect(await ask(prompt('developer / implementation', 'linkcheck/cli.py', crlf))).toMatchObject({
      status: 200,
    })
  })

  test.each([
    [
      'another document',
      prompt('developer / architecture_design', null, '# Something else'),
      'set up a model',
    ],
    [
      'a part of its document',
      prompt('developer / architecture_design', null, documentText.slice(0, 500)),
      'no model',
    ],
    ['another task', prompt('qa_engineer / bug_analysis', null), 'the task "qa_engineer / bug_analysis"'],
    ['another file', prompt('developer / implementation', 'src/a.py'), 'the file "src/a.py"'],
    [
      'a task without its file',
      prompt('developer / implementation', null),
      'the task "developer / implementation"',
    ],
    ['no task', documentText, 'names no task'],
  ])('refuses %s in words', async (_, content, reason) => {
    endpoint = await startRehearsal(folder)
    expect(await ask(content)).toEqual({
      status: 409,
      message: expect.stringMatching(/^The rehearsal plays only its own document\. /),
    })
    expect((await ask(content)).message).toContain(reason)
  })

  test('calls itself a rehearsal', async () => {
    endpoint = await startRehearsal(folder)
    const models = await (await fetch(`${endpoint.url}/models`)).json()
    expect(models).toMatchObject({ data: [{ id: 'rehearsal' }] })
  })
})

describe('loading', () => {
  test('every rehearsal that is shipped has a title and a document', () => {
    expect(title).toBe('A link checker for Markdown folders')
    expect(listRehearsals(join(folder, '..'))).toEqual(['bug_fix', 'feature_development'])
    for (const name of listRehearsals(join(folder, '..')))
      expect(loadRehearsal(join(folder, '..', name)).title).not.toBe('')
  })

  test.each([
    ['nothing', null, /script\.yaml/],
    ['a script without answers', 'title: A\ndocument: a.md\n', /answers/],
    [
      'an answer that is not there',
      'title: A\ndocument: a.md\nanswers: [{ task: a / b, answer: gone.md }]',
      /gone\.md/,
    ],
    [
      'a malformed task',
      'title: A\ndocument: a.md\nanswers: [{ task: a, answer: a.md }]',
      /a role and a task type/,
    ],
  ])('refuses a folder with %s', (_, yaml, message) => {
    const broken = mkdtempSync(join(temporary, 'broken-'))
    if (yaml !== null) writeFileSync(join(broken, 'script.yaml'), yaml)
    writeFileSync(join(broken, 'a.md'), 'A')
    expect(() => loadRehearsal(broken)).toThrow(expect.objectContaining({ code: 'invalid' }))
    expect(() => loadRehearsal(broken)).toThrow(message)
  })
})

/** The one file of an answer; fails where there is more, less or another. */
function extractFile(text: string, path: string): string {
  const { files: found, unplaced, conflicts } = extractOne(text, path)
  expect({ unplaced, conflicts }).toEqual({ unplaced: [], conflicts: [] })
  expect(found).toMatchObject([{ path, complete: true, how: 'heading' }])
  return found[0]?.content ?? ''
}
