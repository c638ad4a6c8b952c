import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { expect } from 'vitest'
import { projectFolder } from './fixtures/cli.ts'
import { chooseOption } from './fixtures/choose-option.ts'

/** A window of Paddock on some host. */
export type JourneyHost = {
  readonly page: Page
  /** An empty folder that the run's files are for. */
  readonly workspace: string
  /** Ends the host and starts it again on the same data; resolves with the new window's page. */
  reopen(): Promise<Page>
}

const document = readFileSync(
  join(projectFolder, 'resources/rehearsal/feature_development/document.md'),
  'utf8',
)

const edited = 'README.md'
const addition = 'A line that a person wrote.'
const rejected = 'docs/usage.md'
const heldBack = ['Dockerfile', '.github/workflows/ci.yml']
const accepted = [
  'docs/architecture.md',
  'docs/requirements.md',
  'linkcheck/__init__.py',
  'linkcheck/__main__.py',
  'linkcheck/check.py',
  'linkcheck/cli.py',
  'linkcheck/markdown.py',
  'linkcheck/report.py',
  'tests/__init__.py',
  'tests/test_check.py',
  'tests/test_cli.py',
  'tests/test_markdown.py',
]

/** How long the longest wait may take on a busy machine, in milliseconds. */
const patience = 60_000

/**
 * What a person does with the window, from a document to files on disk and back to the run the next day: drops the
 * rehearsal's document, watches, reviews, edits one file, rejects one, accepts the rest, and opens the run again. Resolves
 * with what the pages complained of: faults, and what the content security policy refused.
 */
export async function journey({ page, workspace, reopen }: JourneyHost): Promise<string[]> {
  const complaints = watchComplaints(page)
  await dropDocument(page)
  await startRehearsal(page, workspace)
  await watchRun(page)
  await reviewFiles(page)
  await checkDisk(workspace)
  await findRun(page)

  const later = await reopen()
  const laterComplaints = watchComplaints(later)
  await findRun(later)
  await checkReview(later)
  return [...complaints, ...laterComplaints]
}

function watchComplaints(page: Page): string[] {
  const complaints: string[] = []
  page.setDefaultTimeout(patience)
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('Content Security Policy'))
      complaints.push(message.text())
  })
  return complaints
}

async function dropDocument(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  const transfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([${JSON.stringify(document)}], 'document.md', { type: 'text/markdown' }))
    return transfer
  })()`)
  for (const kind of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('body', kind, { dataTransfer: transfer })
  const row = page.getByRole('list', { name: 'Documents' }).getByRole('listitem')
  await row.filter({ hasText: 'document.md' }).filter({ hasText: 'words' }).waitFor()
}

async function startRehearsal(page: Page, workspace: string): Promise<void> {
  await chooseOption(page, 'What answers', 'Rehearsal, no model')
  await page.getByRole('radio', { name: /^Feature development/, checked: true }).waitFor()
  await page.getByRole('textbox', { name: 'Folder that the files are for' }).fill(workspace)
  await page.getByRole('button', { name: 'Start rehearsal' }).click()
}

async function watchRun(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1, name: /linkcheck/ }).waitFor()
  await page.getByRole('banner').getByText('Rehearsal').waitFor()
  for (const agent of ['Analyst', 'Developer', 'QA engineer', 'DevOps engineer', 'Technical writer'])
    await page.getByRole('article', { name: new RegExp(`^${agent}, `) }).waitFor()
  await page.getByRole('article', { name: 'Developer, working' }).waitFor()
  await page.getByRole('progressbar', { name: '6 of 6 steps completed' }).waitFor()
  await page.getByRole('log', { name: 'Messages' }).getByText('Analyst to Developer').waitFor()
  // Nothing is written before a person has seen it.
  await page.getByRole('button', { name: 'Review 16 files' }).click()
}

async function reviewFiles(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1, name: 'Review' }).waitFor()
  const tray = page.getByRole('group', { name: 'Held back' })
  for (const path of heldBack) await tray.getByText(path, { exact: true }).waitFor()

  await fileOf(page, edited).click()
  await page.getByRole('button', { name: /^Edit\b/ }).click()
  const editor = page.getByRole('textbox', { name: new RegExp(`^${edited}`) }).last()
  await editor.focus()
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.type(`${addition}\n\n`)
  await page.getByRole('button', { name: /^Save\b/ }).click()
  await page.getByRole('button', { name: /^Save\b/ }).waitFor({ state: 'hidden' })

  await fileOf(page, rejected).click()
  await page.getByRole('button', { name: /^Reject\b/ }).click()
  await fileOf(page, rejected, 'rejected').waitFor()

  await page.getByRole('button', { name: /^Accept 13 files/ }).click()
  await page.getByRole('button', { name: /^Write 13 files/ }).click()
  await page.getByText('13 files written').first().waitFor()
}

/** The file's line in the tree, where it says so in this state: its name, its folder, what it is. */
function fileOf(page: Page, path: string, state = ''): Locator {
  const words = [basename(path), ...(path.includes('/') ? [dirname(path)] : [])].join(' ')
  return page.getByRole('treeitem', { name: new RegExp(`^${words}.*${state}`) })
}

async function checkDisk(workspace: string): Promise<void> {
  for (const path of accepted) expect([path, existsSync(join(workspace, path))]).toEqual([path, true])
  const text = await readFile(join(workspace, edited), 'utf8')
  expect(text.startsWith(`${addition}\n\n`)).toBe(true)
  expect(text.length).toBeGreaterThan(500)
  for (const path of [rejected, ...heldBack])
    expect([path, existsSync(join(workspace, path))]).toEqual([path, false])
}

async function findRun(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: /^Runs/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor()
  const row = page.getByRole('row').filter({ hasText: 'linkcheck' })
  await row.getByText('Completed').waitFor()
  await row.click()
  await page
    .getByRole('button', { name: /^Open\b/ })
    .first()
    .click()
  await page.getByRole('progressbar', { name: '6 of 6 steps completed' }).waitFor()
}

async function checkReview(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review 16 files' }).click()
  await fileOf(page, edited, 'written').waitFor()
  await fileOf(page, rejected, 'rejected').waitFor()
}
