import { useId } from 'react'
import { Switch } from '../../components/switch.tsx'
import { changeNewRun, useNewRun } from '../../stores/new-run.ts'
import { newRunStrings as strings } from '../../strings-new-run.ts'

/** What may be chosen beside: a review of the code, the files to read, and whether files are written without asking. */
export function OptionsPanel() {
  const id = useId()
  const { isRehearsal, codeReview, include, accept } = useNewRun()
  const readsWorkspace = useNewRun(
    ({ workflows, workflow }) =>
      workflows.value?.workflows.find((one) => one.workflow.id === workflow)?.workflow.reads_workspace,
  )
  return (
    <section aria-label={strings.options} className="grid gap-3">
      {!isRehearsal && readsWorkspace && (
        <div className="grid gap-1">
          <label htmlFor={id}>{strings.include}</label>
          <textarea
            id={id}
            rows={2}
            spellCheck={false}
            value={include}
            aria-describedby={`${id}-hint`}
            onChange={(event) => changeNewRun({ include: event.target.value })}
            className="resize-none rounded-md border border-line-field bg-field px-2 py-1 font-mono text-sm leading-5"
          />
          <span id={`${id}-hint`} className="text-sm text-fg-3">
            {strings.includeHint}
          </span>
        </div>
      )}
      {!isRehearsal && (
        <Switch
          label={strings.codeReview}
          hint={strings.codeReviewHint}
          isOn={codeReview}
          onChange={(isOn) => changeNewRun({ codeReview: isOn })}
        />
      )}
      <Switch
        label={strings.accept}
        hint={strings.acceptHint}
        isOn={accept}
        onChange={(isOn) => changeNewRun({ accept: isOn })}
      />
    </section>
  )
}
