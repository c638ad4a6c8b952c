import { useEffect, useRef, type ReactNode } from 'react'
import { runStrings } from '../../strings-run.ts'
import { onTick } from './beat.ts'
import type { AgentCardData } from './card.ts'
import { shortCount } from './clock.ts'
import type { Stream } from './line-source.ts'

type CardNumbersProps = {
  readonly card: AgentCardData
  readonly stream: Stream | null
  readonly elapsed: ReactNode
}

const words = runStrings.card

/** Speed, tokens, time and how full the slot is: four times a second at most, beside React, each at its place. */
export function CardNumbers({ card, stream, elapsed }: CardNumbersProps) {
  const { status, tokens, promptTokens, answerTokens, answerSpeed, window } = card
  const isStreaming = status === 'working' && stream !== null
  const speed = useRef<HTMLElement>(null)
  const total = useRef<HTMLElement>(null)
  const context = useRef<HTMLElement>(null)
  const meter = useRef<HTMLDivElement>(null)
  const prompt = useRef<HTMLElement>(null)
  const answer = useRef<HTMLElement>(null)
  useEffect(() => {
    const draw = () => {
      const text = isStreaming ? stream.text() : undefined
      const streamed = isStreaming ? (text?.tokens ?? 0) : 0
      const written = isStreaming ? streamed : answerTokens
      const perSecond = isStreaming ? (text?.speed(performance.now()) ?? null) : answerSpeed
      put(speed.current!, perSecond === null ? '–' : perSecond.toFixed(perSecond < 100 ? 1 : 0))
      put(total.current!, (tokens + streamed).toLocaleString('en'))
      const used = promptTokens + written
      put(context.current!, words.contextOf(shortCount(used), window === null ? '?' : shortCount(window)))
      const share = (value: number) => `scaleX(${window ? Math.min(1, value / window).toFixed(4) : 0})`
      prompt.current!.style.transform = share(promptTokens)
      answer.current!.style.transform = share(used)
      meter.current!.setAttribute('aria-valuenow', String(Math.min(used, window ?? used)))
    }
    if (isStreaming) return onTick(draw)
    draw()
    return undefined
  }, [stream, isStreaming, tokens, promptTokens, answerTokens, answerSpeed, window])
  return (
    <>
      <div className="mt-1 flex h-4 flex-none items-center gap-3 text-xs text-fg-3">
        <span className="min-w-16">
          <b ref={speed} className="font-strong text-fg" data-number="speed" /> {words.tokensPerSecond}
        </span>
        <span>
          <b ref={total} className="font-strong text-fg" data-number="tokens" /> {words.tokens}
        </span>
        <b className="ml-auto font-strong text-fg">{elapsed}</b>
      </div>
      <div className="mt-1 flex h-4 flex-none items-center gap-2">
        <div
          ref={meter}
          role="meter"
          aria-label={words.context}
          aria-valuemin={0}
          aria-valuemax={window ?? 0}
          aria-valuenow={0}
          className="relative h-1 flex-1 overflow-hidden rounded-full bg-surface-3"
        >
          <i
            ref={answer}
            className={`absolute inset-0 origin-left ${isStreaming ? 'bg-accent-bar' : 'bg-quiet-bar'}`}
          />
          <i
            ref={prompt}
            className={`absolute inset-0 origin-left ${isStreaming ? 'bg-shared-bar' : 'bg-quiet-bar'}`}
          />
        </div>
        <span ref={context} className="w-20 flex-none text-right text-xs text-fg-3" />
      </div>
    </>
  )
}

function put(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}
