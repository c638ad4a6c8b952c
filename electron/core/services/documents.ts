import type { calls } from '../../../shared/contract.ts'
import type { DocumentBytes, ReadDocument } from '../../../shared/host.ts'
import type { Services } from '../../../shared/rpc.ts'
import { readDocument } from '../documents/read-document.ts'
import { estimateTokens } from '../llm/tokens.ts'

type DocumentCalls = Services<typeof calls>['document']

/** Reads documents before a run has them, so that a person sees what the agents will get. */
export class DocumentService implements DocumentCalls {
  async read({ name, base64 }: DocumentBytes): Promise<ReadDocument> {
    const read = await readDocument(name, Buffer.from(base64, 'base64'))
    const { text } = read
    return {
      ...read,
      paragraphs: text.split(/\n\s*\n/).filter((part) => part.trim() !== '').length,
      words: text.match(/\S+/g)?.length ?? 0,
      tokens: estimateTokens([{ role: 'user', content: text }]),
    }
  }
}
