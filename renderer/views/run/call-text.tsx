import { useMemo } from 'react'
import type { CallText } from '../../components/run/step-panel.tsx'
import { TextViewer } from '../../components/run/text-viewer.tsx'
import { useOpenRun } from '../../stores/run.ts'
import { answerStream, promptStream } from './run-texts.ts'
import { aboutOf } from './step-words.ts'
import { runStrings } from '../../strings-run.ts'

type CallTextViewerProps = {
  readonly text: CallText & { readonly marked?: { readonly from: number; readonly to: number } }
  readonly onClose: () => void
}

const words = runStrings.text

/** Prompt or raw answer of a call, as it was sent and as it came. */
export function CallTextViewer({ text: { call, part, what, marked }, onClose }: CallTextViewerProps) {
  const state = useOpenRun(({ run }) =>
    Object.values(run.tasks)
      .flatMap(({ calls }) => calls)
      .find(({ id }) => id === call),
  )
  const prompt = state?.prompt ?? ''
  const stream = useMemo(
    () =>
      what === 'prompt' ? promptStream(prompt, (role) => words.roles[role] ?? role) : answerStream(call),
    [what, call, prompt],
  )
  const finish = state?.answer?.finish
  const ending =
    state?.status === 'failed' || state?.status === 'void'
      ? `${words.brokeOff} ${state.error?.message ?? ''}`
      : finish === 'length'
        ? words.cutOff
        : finish === 'loop'
          ? words.loop
          : null
  return (
    <TextViewer
      title={what === 'prompt' ? words.promptOf(aboutOf(part)) : words.answerOf(aboutOf(part))}
      stream={stream}
      isLive={what === 'answer' && state?.status === 'streaming'}
      marked={marked ?? null}
      ending={what === 'answer' ? ending : null}
      onClose={onClose}
    />
  )
}
