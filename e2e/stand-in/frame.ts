import type { WebFrameMain } from 'electron'

/** What of a frame Paddock looks at before it believes a message. */
export type UsedFrame = Pick<WebFrameMain, 'frameTreeNodeId' | 'origin' | 'url'> & {
  readonly parent: UsedFrame | null
}

let frames = 0

/** A frame as its sender: by default the top frame with the app's own page. */
export function createFrame(facts: Partial<UsedFrame> = {}): UsedFrame {
  const { url = 'app://paddock/', parent = null, frameTreeNodeId = ++frames } = facts
  return { url, parent, frameTreeNodeId, origin: facts.origin ?? originOf(url) }
}

/** As Chromium writes it; for Node only schemes of the web have one. */
function originOf(url: string): string {
  const { protocol, host } = new URL(url)
  return host ? `${protocol}//${host}` : 'null'
}
