import { counted } from '../shared/counted.ts'
import { strings } from './strings.ts'

/** What the list of runs says. */
export const runsStrings = {
  title: 'Runs',
  lead: (count: number, gated: number) =>
    [
      ...(count === 0 ? [] : [`${counted(count, 'run')} on this machine`]),
      ...(gated === 0 ? [] : [`${gated} ${gated === 1 ? 'waits' : 'wait'} for your decision`]),
    ].join(', '),
  search: 'Search runs',
  searchHint: 'Title, workflow, folder or id',
  filter: 'State',
  all: 'All states',
  open: 'Not ended',
  shown: (shown: number, all: number) => `${shown.toLocaleString('en')} of ${all.toLocaleString('en')}`,
  columns: {
    state: 'State',
    run: 'Run',
    workflow: 'Workflow',
    workspace: 'Workspace',
    started: 'Started',
    took: 'Took',
    steps: 'Steps',
    files: 'Files',
  },
  stepsDone: (done: number | null, all: number) => `${done ?? '-'} / ${all}`,
  files: (count: number | null) => count?.toLocaleString('en') ?? '-',
  rehearsal: 'Rehearsal',
  reading: 'Reading the list of runs',
  empty: 'No runs yet',
  emptyHint: 'Every run that is started on this machine is listed here.',
  newRun: 'New run',
  noneFound: 'No run matches.',
  noneFoundHint: 'Change the words or the state that you search for.',
  clear: 'Show all',
  selected: 'Selected run',
  choose: 'Choose a run to see what can be done with it. Arrows move, Enter opens it.',
  actions: {
    open: strings.verbs.open,
    review: 'Review',
    results: 'Results and summary',
    reveal: 'Show folder',
    resume: strings.verbs.resume,
    remove: 'Remove from list',
  },
  about: {
    running: 'It goes on. Open it to watch.',
    gated: 'Open it to decide: what rests on the step goes on, or does not run.',
    refused: 'What rests on the refused step was not run; what was made is kept. Resume has it done again.',
    paused: 'It was paused: no further call is made. Resume goes on.',
    interrupted:
      'It did not end, and no program leads it any more. Resume goes on; what was done is not repeated.',
    completed: 'Every step was completed.',
    partial: 'Some steps were completed and others failed. Resume tries the failed ones again.',
    failed: 'It could not go on. Resume tries again from where it stopped.',
    cancelled: 'It was stopped. Resume goes on from there.',
  },
  /** What a run waits for, by its gates. */
  waitsAt: (gates: readonly { readonly step: string; readonly title: string }[]) =>
    gates.length === 1
      ? `Step ${gates[0]!.step}, ${gates[0]!.title}, waits for your decision.`
      : `Steps ${gates.map(({ step }) => step).join(', ')} wait for your decision.`,
  keepsRunning: 'Only runs that have ended can be taken off the list.',
  resumed: 'The run goes on in another program that leads it.',
  removed: (title: string) => `${title} is off the list. Its files stay.`,
  remove: {
    title: 'Remove from the list?',
    what: (title: string) => `“${title}” will not be listed any more.`,
    kept: 'Files in the workspace, results, summary and the record of what was written stay as they are.',
    verb: 'Remove from list',
  },
  outputs: {
    title: (title: string) => `Results of ${title}`,
    summary: 'Summary',
    result: 'Result (JSON)',
    reading: 'Reading results',
    none: 'Nothing was written yet',
    noneHint:
      'Result and summary are written when a run ends. If they were moved, Paddock does not find them.',
    wereNone: 'Nothing is there',
    wereNoneHint:
      'The run has ended, and its file is not where it was written: it may have been moved, or could not be written.',
    cut: (shown: number) =>
      `Only the first ${shown.toLocaleString('en')} characters are shown. The file has all of it.`,
  },
  command: {
    group: 'Runs',
    search: 'Search runs',
    resume: 'Resume the selected run',
    results: 'Results of the selected run',
    remove: 'Remove the selected run from the list',
  },
} as const
