import { PlannedFile } from '../../../shared/change.ts'

/** Who of a plan's files writes it. */
export type FileKind = PlannedFile['kind']
/** The kinds in the order in which plans list them. */
export const fileKinds: readonly FileKind[] = PlannedFile.shape.kind.options

/** A JSON of user stories, kept as a document. */
export type StoriesForm = { readonly form: 'stories'; readonly path: string }
/** A JSON of decisions and files, kept as a document and as the plan that later steps write. */
export type PlanForm = {
  readonly form: 'plan'
  readonly path: string
  readonly title: string
  /** The least and the most files of each kind; the first kind is the one that there has to be. */
  readonly kinds: Partial<Record<FileKind, readonly [least: number, most: number]>>
  /** Whether it also reports defects of the code that is there. */
  readonly defects: boolean
}
/** A JSON of findings, kept as a document and sent to those who have to act on them. */
export type ReportForm = {
  readonly form: 'report'
  readonly path: string
  readonly title: string
  readonly kind: 'bug-report' | 'remark'
  /** The role that gets what belongs to no other. */
  readonly to: string
}
/** Files of one kind, one call each, from a plan made before or from one of its own. */
export type FilesForm = {
  readonly form: 'files'
  readonly kind: FileKind
  /** Whether it changes what is there: then it makes a plan of its own, of no more files than have to change. */
  readonly changes: boolean
  /** When it may write no file at all: where the plan before it lists none, or where nothing has to change. */
  readonly none: 'never' | 'by-plan' | 'by-choice'
}
/** One file whose name is known beforehand. */
export type FileForm = { readonly form: 'file'; readonly path: string; readonly purpose: string }
/** One Markdown document, told to later steps as it is. */
export type DocumentForm = { readonly form: 'document'; readonly path: string }

/** What is asked of a task, and what its answer becomes. */
export type TaskForm = StoriesForm | PlanForm | ReportForm | FilesForm | FileForm | DocumentForm

const writes = (kind: FileKind, none: FilesForm['none'] = 'never'): FilesForm => ({
  form: 'files',
  kind,
  changes: false,
  none,
})
const changes = (kind: FileKind, none: FilesForm['none']): FilesForm => ({
  form: 'files',
  kind,
  changes: true,
  none,
})
const document = (path: string): DocumentForm => ({ form: 'document', path })

/** Every task type of the built-in roles. */
export const taskForms: ReadonlyMap<string, TaskForm> = new Map<string, TaskForm>([
  ['business_analyst/requirements_analysis', { form: 'stories', path: 'docs/requirements.md' }],
  [
    'business_analyst/documentation_requirements',
    {
      form: 'plan',
      path: 'docs/documentation-plan.md',
      title: 'Documentation plan',
      kinds: { documentation: [1, 8] },
      defects: false,
    },
  ],
  ['business_analyst/requirements_gathering', document('docs/requirements-gathering.md')],
  ['business_analyst/final_analysis', document('docs/final-analysis.md')],
  [
    'developer/architecture_design',
    {
      form: 'plan',
      path: 'docs/architecture.md',
      title: 'Architecture',
      kinds: { implementation: [2, 20], testing: [1, 12], deployment: [0, 6], documentation: [0, 6] },
      defects: false,
    },
  ],
  ['developer/implementation', writes('implementation')],
  ['developer/bug_fix', changes('implementation', 'never')],
  ['developer/fix', changes('implementation', 'by-choice')],
  ['developer/revision', changes('implementation', 'by-choice')],
  [
    'developer/code_review',
    {
      form: 'report',
      path: 'docs/code-review.md',
      title: 'Code review',
      kind: 'remark',
      to: 'developer',
    },
  ],
  [
    'developer/technical_review',
    {
      form: 'report',
      path: 'docs/technical-review.md',
      title: 'Technical review',
      kind: 'remark',
      to: 'technical_writer',
    },
  ],
  ['developer/technical_feasibility', document('docs/technical-feasibility.md')],
  [
    'qa_engineer/bug_analysis',
    {
      form: 'report',
      path: 'docs/bug-report.md',
      title: 'Bug report',
      kind: 'bug-report',
      to: 'developer',
    },
  ],
  [
    'qa_engineer/test_planning',
    {
      form: 'plan',
      path: 'docs/test-plan.md',
      title: 'Test plan',
      kinds: { testing: [1, 12] },
      defects: true,
    },
  ],
  ['qa_engineer/testing', writes('testing', 'by-plan')],
  ['qa_engineer/test_creation', writes('testing')],
  ['qa_engineer/regression_testing', writes('testing')],
  ['qa_engineer/infrastructure_testing', writes('testing')],
  ['qa_engineer/test_report', document('docs/test-report.md')],
  [
    'devops_engineer/design',
    {
      form: 'plan',
      path: 'docs/infrastructure.md',
      title: 'Infrastructure',
      kinds: { deployment: [1, 12], testing: [1, 4], documentation: [1, 4] },
      defects: false,
    },
  ],
  ['devops_engineer/implementation', writes('deployment')],
  ['devops_engineer/deployment', writes('deployment', 'by-plan')],
  ['devops_engineer/infrastructure_assessment', document('docs/infrastructure-assessment.md')],
  ['technical_writer/documentation', writes('documentation', 'by-plan')],
  ['technical_writer/documentation_creation', writes('documentation')],
  ['technical_writer/infrastructure_documentation', writes('documentation')],
  ['technical_writer/revision', changes('documentation', 'by-choice')],
  [
    'technical_writer/release_notes',
    {
      form: 'file',
      path: 'docs/release-notes.md',
      purpose: 'What changed in this release, for the people who use the project.',
    },
  ],
])

/** The form of a task; a task type that is the name of a kind of file writes that kind, whatever the role. Null: none. */
export function formOf(role: string, taskType: string): TaskForm | null {
  const own = taskForms.get(`${role}/${taskType}`)
  if (own) return own
  const kind = PlannedFile.shape.kind.safeParse(taskType)
  return kind.success ? writes(kind.data, 'by-plan') : null
}

/** The kind of planned files that a task writes; null where it writes none. */
export function writesKind(role: string, taskType: string): FileKind | null {
  const form = formOf(role, taskType)
  return form?.form === 'files' ? form.kind : null
}
