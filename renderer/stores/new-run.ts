import { create } from 'zustand'
import { AppError, type ErrorData } from '../../shared/errors.ts'
import type { FolderReport, ListedWorkflow, WorkflowProblem } from '../../shared/reports.ts'
import { api } from '../api.ts'
import { clearDocuments, useDocuments } from './documents.ts'
import { guardLeaving, readNowAndAgain, useHost } from './host.ts'
import { load, notLoaded, type Loaded } from './loaded.ts'
import { orderWorkflows } from './order-workflows.ts'
import { useRuns } from './runs.ts'
import { useSettings } from './settings.ts'
import { show } from './view.ts'

/** A folder as it is written, and what the core says of it. */
type Workspace = { readonly path: string; readonly report: Loaded<FolderReport> }

type NewRun = {
  readonly requirement: string
  readonly workflow: string
  /** Play recorded answers instead of asking a model. */
  readonly isRehearsal: boolean
  readonly workspace: Workspace
  /** A rehearsal has a folder of its own, so that trying one never meets the person's files. */
  readonly rehearsalWorkspace: Workspace
  readonly codeReview: boolean
  /** Globs, one a line. */
  readonly include: string
  readonly accept: boolean
  readonly isStarting: boolean
  readonly error: ErrorData | null
  readonly workflows: Loaded<{
    readonly workflows: readonly ListedWorkflow[]
    readonly problems: readonly WorkflowProblem[]
  }>
  /** A person saw the first start's help and went past it. */
  readonly isPastFirstStart: boolean
}

const noWorkspace: Workspace = { path: '', report: notLoaded }

const empty = {
  requirement: '',
  codeReview: false,
  include: '',
  accept: false,
  isStarting: false,
  error: null,
}

/** The run that is being put together. */
export const useNewRun = create<NewRun>()(() => ({
  ...empty,
  workflow: 'feature_development',
  isRehearsal: false,
  workspace: noWorkspace,
  rehearsalWorkspace: noWorkspace,
  workflows: notLoaded,
  isPastFirstStart: false,
}))

/** Changes what the person wrote or chose. */
export const changeNewRun = (
  part: Partial<
    Pick<
      NewRun,
      'requirement' | 'workflow' | 'isRehearsal' | 'codeReview' | 'include' | 'accept' | 'isPastFirstStart'
    >
  >,
): void => useNewRun.setState({ ...part, error: null })

const place = (isRehearsal: boolean) => (isRehearsal ? 'rehearsalWorkspace' : 'workspace')
let lookTimer: ReturnType<typeof setTimeout> | undefined
/** From then on nothing is put into the field by itself, not even where it was emptied. */
let isChosen = false

/** Writes the folder's path, and looks at it once nobody writes any more. */
export function setWorkspace(path: string, delay = 250): void {
  const key = place(useNewRun.getState().isRehearsal)
  isChosen ||= key === 'workspace'
  useNewRun.setState({ [key]: { path, report: notLoaded }, error: null })
  clearTimeout(lookTimer)
  lookTimer = setTimeout(() => void look(key), delay)
}

async function look(key: 'workspace' | 'rehearsalWorkspace'): Promise<void> {
  const { path } = useNewRun.getState()[key]
  if (path.trim() === '') return
  await load(
    notLoaded as Loaded<FolderReport>,
    () => api.system.folder({ path: path.trim() }),
    (report) => {
      // Only the answer to what stands there now counts.
      if (useNewRun.getState()[key].path === path) useNewRun.setState({ [key]: { path, report } })
    },
  )
  if (key === 'workspace') void readWorkflows()
}

/** Lets the person choose the folder in the system's own dialog. */
export async function pickWorkspace(): Promise<void> {
  try {
    const path = await api.host.pick_folder()
    if (path !== null) setWorkspace(path, 0)
  } catch (error) {
    useNewRun.setState({ error: AppError.from(error).toJSON() })
  }
}

async function readWorkflows(): Promise<void> {
  const { value } = useNewRun.getState().workspace.report
  const workspace = value && !value.problem && !value.is_new ? { workspace: value.path } : {}
  const read = async () => {
    const { workflows, problems } = await api.workflow.list(workspace)
    return { workflows: orderWorkflows(workflows), problems }
  }
  await load(useNewRun.getState().workflows, read, (workflows) => useNewRun.setState({ workflows }))
}
readNowAndAgain(readWorkflows)

/** What the core took the path for: of all who read it only the core knows what `~` stands for. */
const wholePath = ({ path, report }: Workspace): string => report.value?.path ?? path.trim()

/** Starts the run as it was put together, and shows it. What was written stays where it cannot start. */
export async function startRun(): Promise<void> {
  const { requirement, workflow, isRehearsal, workspace, rehearsalWorkspace, codeReview, include, accept } =
    useNewRun.getState()
  const documents = useDocuments
    .getState()
    .entries.flatMap(({ state, bytes }) => (state === 'read' && bytes ? [bytes] : []))
  await begin(() =>
    isRehearsal
      ? api.run.rehearse({ workflow, documents, accept, workspace: wholePath(rehearsalWorkspace) })
      : api.run.start({
          workflow,
          requirement,
          documents,
          workspace: wholePath(workspace),
          create_workspace: workspace.report.value?.is_new ?? false,
          accept,
          code_review: codeReview,
          include: include.split('\n').flatMap((line) => line.trim() || []),
        }),
  )
}

/** Plays a rehearsal with its own document, in its own folder: one click from nothing to a run. */
export const startRehearsal = (workflow: string): Promise<void> =>
  begin(() => api.run.rehearse({ workflow, workspace: wholePath(useNewRun.getState().rehearsalWorkspace) }))

async function begin(start: () => Promise<{ id: string }>): Promise<void> {
  if (useNewRun.getState().isStarting) return
  useNewRun.setState({ isStarting: true, error: null })
  try {
    const { id } = await start()
    useNewRun.setState(empty)
    clearDocuments()
    show('run', id)
  } catch (error) {
    useNewRun.setState({ isStarting: false, error: AppError.from(error).toJSON() })
    // The folder may not be any more what it was when it was looked at.
    void look(place(useNewRun.getState().isRehearsal))
  }
}

guardLeaving(useNewRun, () => useNewRun.getState().requirement.trim() !== '')

/** The folder that the settings name is the likeliest, else the one that was used last. */
function suggestWorkspace(): void {
  const { value: shown, error } = useSettings.getState().shown
  const { list } = useRuns.getState()
  if (isChosen || useNewRun.getState().workspace.path !== '' || !(shown ?? error) || !list.value) return
  const named = shown?.values.find(({ key, origin }) => key === 'workspace' && origin !== 'default')?.value
  const path = named ?? list.value.find(({ rehearsal }) => rehearsal === null)?.workspace
  if (typeof path !== 'string') return
  useNewRun.setState({ workspace: { path, report: notLoaded } })
  void look('workspace')
}
useRuns.subscribe(suggestWorkspace)
useSettings.subscribe(suggestWorkspace)
// The rehearsal's own comes from the host.
useHost.subscribe(({ info }) => {
  if (info && useNewRun.getState().rehearsalWorkspace.path === '') {
    useNewRun.setState({ rehearsalWorkspace: { path: info.rehearsal_workspace, report: notLoaded } })
    void look('rehearsalWorkspace')
  }
})
