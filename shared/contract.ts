import { z } from 'zod'
import { AgentRole, AgentStatus } from './agent.ts'
import { AuditEntry } from './audit.ts'
import { Change, Decision, Hash } from './change.ts'
import { DocumentBytes, HostInfo, OpenedDocuments, ReadDocument, Theme } from './host.ts'
import {
  Check,
  Figures,
  FolderReport,
  ListedAgent,
  ListedRehearsal,
  ListedWorkflow,
  ModelReport,
  RunOutputs,
  ShownConfig,
  WorkflowProblem,
} from './reports.ts'
import { call } from './rpc.ts'
import { Outcome, RunEvent, RunGate, TextDelta } from './run-event.ts'
import { Workflow } from './workflow.ts'

/** The id of a run: date, time (UTC) and six characters. */
export const RunId = z.string().regex(/^[0-9]{8}-[0-9]{6}-[a-z0-9]{6}$/, 'an id as `paddock list` prints it')

export const StartRun = z.strictObject({
  workflow: z.string(),
  /** The person's own words; may stand alone or beside documents. */
  requirement: z.string().default(''),
  /** Bytes travel, never paths: the same call serves window, browser and command line. */
  documents: z.array(DocumentBytes).max(50).default([]),
  workspace: z.string().min(1),
  /** Make the workspace where it is not there. */
  create_workspace: z.boolean().default(false),
  /** Write whole, undisputed files to the workspace at the end without asking. */
  accept: z.boolean().default(false),
  /** Globs of the workspace's files that the run is given; with none the workflow decides whether it reads any. */
  include: z.array(z.string().min(1).max(500)).max(100).default([]),
  /** Put a review of the code, and a revision after it, behind the step that writes it. */
  code_review: z.boolean().default(false),
})
export type StartRun = z.infer<typeof StartRun>

export const RunSummary = z.object({
  id: RunId,
  title: z.string(),
  workflow: z.string(),
  workspace: z.string(),
  rehearsal: z.string().nullable(),
  created_at: z.string(),
  ended_at: z.string().nullable(),
  /** `paused` by a person; `interrupted`: not ended, and no living process leads it. */
  status: z.enum(['running', 'paused', 'interrupted', ...Outcome.options]),
  steps: z.int(),
  /** Null, as `files`, where only the whole run would tell: an interrupted one, or one that another process leads. */
  steps_done: z.int().nullable(),
  files: z.int().nullable(),
  /** Why it did not complete, or could not go on, in a few words. */
  reason: z.string().nullable(),
  /** Where it waits for a decision, or what a person refused: `standingOf` says what it means. */
  gates: z.array(RunGate),
})
/** A run as one line of a list. */
export type RunSummary = z.infer<typeof RunSummary>

export const SystemStatus = z.object({
  total_agents: z.int(),
  agents: z.record(
    z.string(),
    z.object({
      role: AgentRole,
      status: AgentStatus,
      current_task: z.string().nullable(),
      completed_tasks: z.int(),
    }),
  ),
  total_tasks_completed: z.int(),
  timestamp: z.string(),
})
/** The status that the specification promises: its fields, its names. */
export type SystemStatus = z.infer<typeof SystemStatus>

export const AcceptedFiles = z.object({
  written: z.array(z.string()),
  /** They lay in the workspace already as they are: nothing was left to write. */
  already: z.array(z.string()),
  held: z.array(z.object({ path: z.string(), reason: z.string() })),
})
/** What accepting came to: written files, those that were there before, and those that were not written, each with its reason. */
export type AcceptedFiles = z.infer<typeof AcceptedFiles>

const One = z.strictObject({ id: RunId })
const InWorkspace = z.strictObject({ workspace: z.string().optional() })
const FileOfRun = z.strictObject({ id: RunId, path: z.string().min(1).max(4096) })

/** Every call that crosses a boundary. */
export const calls = {
  run: {
    /** Checks, records and starts a run; answers as soon as it is recorded. */
    start: call(StartRun, One),
    /** Plays the rehearsal of a workflow: recorded answers, no model. */
    rehearse: call(
      z.strictObject({
        workflow: z.string(),
        workspace: z.string().min(1),
        accept: z.boolean().default(false),
        /** What the person dropped: refused unless it is what was recorded. None: the recorded document. */
        documents: z.array(DocumentBytes).max(50).default([]),
      }),
      One,
    ),
    /**
     * Goes on with a run that was paused, interrupted, failed or cancelled; the latest such run without an id.
     * Not `here`: another process leads it, and was told.
     */
    resume: call(z.strictObject({ id: RunId.optional() }), z.object({ id: RunId, here: z.boolean() })),
    /** Asks the run's owner to make no further call; what is under way is ended. */
    pause: call(One, z.void()),
    /** Opens or closes a gate: what depends on its task goes on, or cannot. */
    gate: call(
      z.strictObject({
        id: RunId,
        task: z.string(),
        open: z.boolean(),
        comment: z.string().max(2000).default(''),
      }),
      z.void(),
    ),
    /** Asks the run's owner to end it; where no owner lives the run ends here. */
    cancel: call(One, z.void()),
    /** Resolves when a run that this process leads has ended; rejects when it could not go on, as with a full disk. */
    wait: call(One, z.object({ outcome: Outcome })),
    /** Newest first. */
    list: call(z.void(), z.array(RunSummary)),
    /** The run's events after a number: fold them with `applyEvent`. */
    events: call(z.strictObject({ id: RunId, after: z.int().min(0).default(0) }), z.array(RunEvent)),
    /** The text of a call's raw answer from an offset (UTF-16 code units) on, as far as it has come. */
    answer: call(
      z.strictObject({ id: RunId, call: z.string(), offset: z.int().min(0).default(0) }),
      z.string(),
    ),
    /** Every draft against the workspace as it is now. */
    changes: call(One, z.array(Change)),
    /** A text that the run's events name by its hash: a draft, an unplaced block, the messages of a prompt as JSON. */
    content: call(z.strictObject({ id: RunId, hash: Hash }), z.string()),
    /** A file of the workspace as it is now; null where there is none. */
    disk: call(FileOfRun, z.object({ text: z.string(), hash: Hash }).nullable()),
    /** Records what a person thinks of a file as it was shown; null takes it back. Writes nothing. */
    decide: call(FileOfRun.extend({ hash: Hash, decision: Decision.nullable() }), z.void()),
    /** Puts a person's text in the place of a file's last version, `base`; refused where that is no longer the last. */
    edit: call(FileOfRun.extend({ base: Hash, content: z.string().max(10_000_000) }), z.void()),
    /** Settles a dispute: of the versions that claim a path this one counts. */
    choose: call(FileOfRun.extend({ hash: Hash }), z.void()),
    /**
     * Gives an unplaced block the name that a person chose. `only_new`: throws `conflict` where the run has another file
     * of that name; else both are versions of it, and neither counts until one is chosen.
     */
    place: call(
      FileOfRun.extend({ call: z.string(), line: z.int(), hash: Hash, only_new: z.boolean().default(false) }),
      z.void(),
    ),
    /**
     * Writes drafts to the workspace: all that nothing holds back, or the named ones. `seen`: the hashes of the
     * workspace's files when the person looked; one that is another now is held.
     */
    accept: call(
      z.strictObject({
        id: RunId,
        paths: z.array(z.string()).optional(),
        seen: z.record(z.string(), Hash.nullable()).default({}),
      }),
      AcceptedFiles,
    ),
    /** Runs a step once more, with all its questions; what was built on it is stale. Not while the run goes on. */
    retry: call(z.strictObject({ id: RunId, task: z.string() }), z.object({ id: RunId })),
    /** Result and summary as they were written to the workspace, at the run's end. */
    outputs: call(One, RunOutputs),
    /** Takes an ended run off the list. Files, outputs and ledger stay as they are. */
    remove: call(One, z.void()),
  },
  document: {
    /** Reads a dropped document; refused with the reason where it cannot be. */
    read: call(DocumentBytes, ReadDocument),
  },
  model: {
    /** Asks the configured endpoint how it does. Never fails because of it. */
    status: call(InWorkspace, ModelReport),
  },
  workflow: {
    /** Those that are built in, the person's own and the workspace's; files that cannot be used are problems. */
    list: call(
      InWorkspace,
      z.object({ workflows: z.array(ListedWorkflow), problems: z.array(WorkflowProblem) }),
    ),
    /** Reads a workflow file's text. */
    check: call(
      z.strictObject({ name: z.string().max(1000), text: z.string().max(300_000) }),
      z.object({ workflow: Workflow.nullable(), problems: z.array(WorkflowProblem) }),
    ),
  },
  agent: { list: call(InWorkspace, z.array(ListedAgent)) },
  settings: {
    get: call(InWorkspace, ShownConfig),
    /** Sets one key in the person's own file, or takes it out (null); the version before is kept. */
    set: call(z.strictObject({ key: z.string(), value: z.unknown() }), ShownConfig),
    /** Puts an earlier version of the file back. */
    restore: call(z.strictObject({ version: z.string() }), ShownConfig),
  },
  system: {
    /** Of the given run, else of the latest. */
    status: call(z.strictObject({ id: RunId.optional() }), SystemStatus.extend({ figures: Figures })),
    /** What is there, what is missing, and what to do. */
    doctor: call(InWorkspace, z.array(Check)),
    /** Every file that Paddock has written for people, of one run or of all, in its order. */
    audit: call(z.strictObject({ id: RunId.optional() }), z.array(AuditEntry)),
    /** The recorded runs that can be played without a model. */
    rehearsals: call(z.void(), z.array(ListedRehearsal)),
    /** Whether a folder can serve as a workspace, and what is in it. */
    folder: call(z.strictObject({ path: z.string().min(1).max(4096) }), FolderReport),
  },
  host: {
    /** Who serves the window, and what it can do. */
    info: call(z.void(), HostInfo),
    /** Lets the person choose a folder; null where they chose none. Not in a browser. */
    pick_folder: call(z.void(), z.string().nullable()),
    /** Opens the app's menu below the window's bar, where the system shows it nowhere else. Not in a browser. */
    menu: call(z.void(), z.void()),
    /** Says whether the page holds something written that is not saved: closing asks first. Not in a browser. */
    unsaved: call(z.strictObject({ is_unsaved: z.boolean() }), z.void()),
    /** Has the window's own parts follow the theme of its page. Not in a browser. */
    theme: call(z.strictObject({ theme: Theme }), z.void()),
    /** Shows a run's workspace, or a file in it, in the system's file manager. Not in a browser. */
    reveal: call(z.strictObject({ id: RunId, path: z.string().max(4096).optional() }), z.void()),
  },
}

/** Every event that is pushed. `run` is durable and numbered; the others are neither. */
export const events = {
  run: RunEvent,
  delta: TextDelta,
  opened: OpenedDocuments,
  /** A run that a person chose outside of the page, as by the notification of its end. */
  chosen: One,
}
