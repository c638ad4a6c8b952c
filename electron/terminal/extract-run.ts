import type { CallState, Run } from '../../shared/run.ts'
import type { App } from '../core/app.ts'
import type { CustomFormat } from '../core/files/custom-format.ts'
import { extractReport, type ExtractReport } from '../core/files/extract-report.ts'
import { joinAnswers } from '../core/files/join-answers.ts'

type FromCall<T> = T & { readonly call: string }
type Reply = { readonly call: string; readonly text: string }

/** What the raw answers of a run come to, each entry with the call that it came from. */
export type RunReport = {
  readonly files: readonly FromCall<ExtractReport['files'][number]>[]
  readonly unplaced: readonly FromCall<ExtractReport['unplaced'][number]>[]
  readonly conflicts: readonly FromCall<ExtractReport['conflicts'][number]>[]
  readonly warnings: readonly string[]
}

/** Reads the files of a stored run from its raw answers once more, with no model. */
export async function extractRun(app: App, run: Run, custom: CustomFormat | null): Promise<RunReport> {
  const reports: { call: string; report: ExtractReport }[] = []
  for (const { calls } of Object.values(run.tasks))
    for (const [part, own] of Map.groupBy(calls, (call) => call.part)) {
      const path = /^file (.*)$/.exec(part)?.[1]
      // The other answers are decisions and lists, which are no files.
      if (path === undefined && part !== 'answer') continue
      const reply = await lastReply(app, run.id, own)
      if (reply)
        reports.push({
          call: reply.call,
          report: extractReport(reply.text, path === undefined ? [] : [path], custom),
        })
    }
  return {
    files: reports.flatMap(({ call, report }) => report.files.map((one) => ({ ...one, call }))),
    unplaced: reports.flatMap(({ call, report }) => report.unplaced.map((one) => ({ ...one, call }))),
    conflicts: reports.flatMap(({ call, report }) => report.conflicts.map((one) => ({ ...one, call }))),
    warnings: reports.flatMap(({ call, report }) => report.warnings.map((one) => `${call}: ${one}`)),
  }
}

/** The last answer to a question, with what continued it, and the call that it began with. */
async function lastReply(app: App, id: string, calls: readonly CallState[]): Promise<Reply | null> {
  const replies: Reply[] = []
  let isContinuing = false
  for (const { id: call, status, purpose, prefilled } of calls) {
    if (purpose !== 'retry') isContinuing = purpose === 'continue'
    if (status !== 'ended') continue
    const text = await app.run.answer({ id, call })
    const begun = isContinuing ? replies.pop() : undefined
    if (!begun) replies.push({ call, text })
    else replies.push({ ...begun, text: prefilled ? begun.text + text : joinAnswers(begun.text, text) })
  }
  return replies.at(-1) ?? null
}
