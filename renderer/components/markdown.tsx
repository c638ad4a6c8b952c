import MarkdownIt, { type Token } from 'markdown-it'
import { Fragment, useMemo, type ReactNode } from 'react'
import { strings } from '../strings.ts'

// HTML stays text, nothing becomes a link by itself, and deep nesting ends early: this shows what a model wrote.
const parser = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting: 20 })

/** Characters, and blocks or cells of a table, that are drawn at most: a summary has a tenth of that. */
const mostCharacters = 40_000
const mostTokens = 4000

/**
 * Markdown that somebody else wrote, as elements of ours: no HTML, no pictures, no addresses that anything loads or
 * follows. A link is its words with the address beside them. What would take long to draw is cut off, and says so.
 */
export function Markdown({ text }: { readonly text: string }) {
  const { content, isCut } = useMemo(() => {
    const tokens = parser.parse(text.slice(0, mostCharacters), {})
    const isLong = text.length > mostCharacters || tokens.length > mostTokens
    return { content: renderTokens(tokens.slice(0, mostTokens)), isCut: isLong }
  }, [text])
  return (
    <div className="grid gap-3 [&_li>p]:contents [&>:not([role=group])]:max-w-[80ch]">
      {content}
      {isCut && <p className="text-fg-3">{strings.common.cut}</p>}
    </div>
  )
}

type Frame = { readonly open: Token | null; readonly children: ReactNode[] }

/** Folds markdown-it's flat list of tokens into nested elements. */
function renderTokens(tokens: readonly Token[]): ReactNode[] {
  const root: Frame = { open: null, children: [] }
  const frames: Frame[] = [root]
  for (const token of tokens) {
    const top = frames[frames.length - 1]!
    if (token.nesting === 1) frames.push({ open: token, children: [] })
    else if (token.nesting === -1) {
      closeFrame(frames)
    } else top.children.push(<Fragment key={top.children.length}>{leaf(token)}</Fragment>)
  }
  // What was cut off in the middle has no end of its own.
  while (frames.length > 1) closeFrame(frames)
  return root.children
}

function closeFrame(frames: Frame[]): void {
  const { open, children } = frames.length > 1 ? frames.pop()! : frames[0]!
  const above = frames[frames.length - 1]!.children
  if (open) above.push(element(open, children, above.length))
}

function leaf(token: Token): ReactNode {
  switch (token.type) {
    case 'inline':
      return renderTokens(token.children ?? [])
    case 'code_inline':
      return <code className="rounded-sm bg-surface-3 px-1 font-mono text-sm">{token.content}</code>
    case 'fence':
    case 'code_block':
      return (
        <pre
          className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-sm leading-5 text-code"
          tabIndex={0}
        >
          {token.content}
        </pre>
      )
    case 'softbreak':
      return '\n'
    case 'hardbreak':
      return <br />
    case 'hr':
      return <hr className="border-line" />
    case 'image':
      return <span className="text-fg-3">[{token.content || 'picture'}]</span>
    default:
      return token.content
  }
}

const headings: Readonly<Record<string, string>> = {
  h1: 'text-xl font-strong',
  h2: 'pt-2 text-lg font-strong',
  h3: 'pt-1 font-strong',
}

function element(open: Token, children: ReactNode[], key: number): ReactNode {
  switch (open.tag) {
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      // The dialog's own title is the second level: what is shown begins below it.
      return (
        <div
          key={key}
          role="heading"
          aria-level={Math.min(6, Number(open.tag[1]) + 2)}
          className={headings[open.tag] ?? 'font-medium'}
        >
          {children}
        </div>
      )
    case 'p':
      return (
        <p key={key} className="wrap-anywhere">
          {children}
        </p>
      )
    case 'strong':
      return (
        <strong key={key} className="font-strong">
          {children}
        </strong>
      )
    case 'em':
      return <em key={key}>{children}</em>
    case 's':
      return <s key={key}>{children}</s>
    case 'ul':
      return (
        <ul key={key} className="grid list-disc gap-1 pl-5">
          {children}
        </ul>
      )
    case 'ol':
      return (
        <ol key={key} className="grid list-decimal gap-1 pl-5">
          {children}
        </ol>
      )
    case 'li':
      return (
        <li key={key} className="wrap-anywhere">
          {children}
        </li>
      )
    case 'blockquote':
      return (
        <blockquote key={key} className="border-l-2 border-line-strong pl-3 text-fg-2">
          {children}
        </blockquote>
      )
    case 'a':
      return (
        <InertLink key={key} to={String(open.attrGet('href') ?? '')}>
          {children}
        </InertLink>
      )
    case 'table':
      return (
        <div key={key} className="overflow-x-auto" tabIndex={0} role="group" aria-label="Table">
          <table className="text-sm">{children}</table>
        </div>
      )
    case 'thead':
      return <thead key={key}>{children}</thead>
    case 'tbody':
      return <tbody key={key}>{children}</tbody>
    case 'tr':
      return (
        <tr key={key} className="border-b border-line-subtle">
          {children}
        </tr>
      )
    case 'th':
      return (
        <th key={key} className="px-2 py-1 text-left font-medium text-fg-3">
          {children}
        </th>
      )
    case 'td':
      return (
        <td key={key} className="px-2 py-1 align-top">
          {children}
        </td>
      )
    default:
      return <Fragment key={key}>{children}</Fragment>
  }
}

const InertLink = ({ to, children }: { readonly to: string; readonly children: ReactNode }) => (
  <span className="underline decoration-dotted underline-offset-2" title={to}>
    {children} <span className="text-fg-3">({to})</span>
  </span>
)
