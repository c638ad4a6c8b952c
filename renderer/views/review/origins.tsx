import { useState } from 'react'
import { OriginPanel } from '../../components/review/origin-panel.tsx'
import type { ReviewFile } from '../../components/review/review-file.ts'
import { useOpenRun } from '../../stores/run.ts'
import { CallTextViewer } from '../run/call-text.tsx'
import { findPlace } from './find-place.ts'
import { originOf } from './origin-of.ts'
import { answerOf, textOf } from './review-texts.ts'
import { useLoaded } from './use-loaded.ts'

type OriginsProps = { readonly file: ReviewFile; readonly onClose?: (() => void) | undefined }

/** Where the version of a file that counts came from, with its prompt and its raw answer at hand. */
export function Origins({ file, onClose }: OriginsProps) {
  const run = useOpenRun((open) => open.run)
  const [open, setOpen] = useState<'prompt' | 'answer' | null>(null)
  const state = run.files[file.path]
  const version = state?.conflict.at(-1) ?? state?.versions.at(-1)
  const place = useLoaded(`${version?.call} ${version?.hash}`, async () => {
    if (!version || version.line < 1) return null
    const [answer, content] = await Promise.all([answerOf(version.call), textOf(version.hash)])
    return findPlace(answer, content, version.line)
  })
  if (!version) return null
  const origin = originOf(run, version)
  return (
    <>
      <OriginPanel
        origin={origin}
        place={place.value}
        onPrompt={() => setOpen('prompt')}
        onAnswer={() => setOpen('answer')}
        onClose={onClose}
      />
      {open && (
        <CallTextViewer
          text={{
            call: version.call,
            part: origin.part,
            what: open,
            ...(open === 'answer' && place.value ? { marked: place.value } : {}),
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}
