import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { reviewStrings } from '../../strings-review.ts'
import { roleName } from '../../strings.ts'
import { IconButton } from '../icon-button.tsx'
import { RoleGlyph } from '../role-glyph.tsx'

/** Where a version of a file came from. */
export type Origin = {
  readonly role: string
  readonly step: string
  readonly stepTitle: string
  readonly isYours: boolean
  readonly attempt: number
  readonly calls: number
  readonly promptTokens: number
  readonly cached: number | null
  readonly answerTokens: number | null
  readonly finish: 'stop' | 'length' | 'loop' | null
  readonly ms: number | null
  readonly model: string
  readonly how: string
  readonly part: string
  readonly hasPrompt: boolean
}

type OriginPanelProps = {
  readonly origin: Origin
  /** Where the content stands in the raw answer; null where it is not there word for word. */
  readonly place: { readonly from: number; readonly to: number } | null
  readonly onPrompt: () => void
  readonly onAnswer: () => void
  /** Only where the panel lies over the code. */
  readonly onClose?: (() => void) | undefined
}

const words = reviewStrings.origin
const number = (value: number) => value.toLocaleString('en')
const speed = (value: number) => (value < 100 ? value.toFixed(1) : number(Math.round(value)))

/** Who made a file, of which question, and where it stands in the answer. */
export function OriginPanel({ origin, place, onPrompt, onAnswer, onClose }: OriginPanelProps) {
  const { role, step, stepTitle, isYours, attempt, calls, promptTokens, cached, answerTokens, finish, ms } =
    origin
  return (
    <section aria-label={words.title} className="flex h-full min-h-0 flex-col">
      <div className="flex h-10 flex-none items-center border-b border-line-subtle pr-2 pl-4">
        <h2 className="flex-1 font-strong">{words.title}</h2>
        {onClose && <IconButton icon={X} size="sm" label={words.close} keys="escape" onClick={onClose} />}
      </div>
      <div
        tabIndex={0}
        className="ring-inside grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] content-start gap-3 overflow-auto p-4 text-sm"
      >
        <div className="flex items-center gap-2">
          <RoleGlyph role={role} />
          <div className="min-w-0">
            <div className="font-strong">{roleName(role)}</div>
            <div className="truncate text-fg-3" title={stepTitle}>
              {words.step(step, stepTitle)}
            </div>
          </div>
        </div>
        {isYours && <p className="text-fg-2">{words.yours}</p>}
        <dl className="grid grid-cols-[64px_minmax(0,1fr)] gap-x-3 gap-y-1.5">
          <Row name={words.prompt}>
            {origin.hasPrompt ? (
              <TextLink onClick={onPrompt}>{words.tokens(promptTokens)}</TextLink>
            ) : (
              words.tokens(promptTokens)
            )}
            {cached !== null && cached > 0 && (
              <span className="text-fg-3"> {words.cached(number(cached))}</span>
            )}
          </Row>
          {answerTokens !== null && (
            <Row name={words.answer}>
              {words.tokens(answerTokens)}
              {finish && `, ${words.ends[finish]}`}
            </Row>
          )}
          {ms !== null && answerTokens !== null && (
            <Row name={words.speed}>
              {words.speedOf(speed((answerTokens * 1000) / Math.max(1, ms)), `${(ms / 1000).toFixed(1)} s`)}
            </Row>
          )}
          <Row name={words.model}>{origin.model}</Row>
          <Row name={words.attempt}>{words.attemptOf(attempt, calls)}</Row>
          <Row name={words.named}>{origin.how}</Row>
          <Row name={words.raw}>
            <TextLink onClick={onAnswer}>{place ? words.place(place.from, place.to) : words.whole}</TextLink>
            {!place && <span className="text-fg-3"> {words.noPlace}</span>}
          </Row>
        </dl>
      </div>
    </section>
  )
}

const Row = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt className="text-fg-3">{name}</dt>
    <dd className="min-w-0 wrap-anywhere">{children}</dd>
  </>
)

const TextLink = ({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) => (
  <button type="button" onClick={onClick} className="rounded-sm text-accent hover:underline">
    {children}
  </button>
)
