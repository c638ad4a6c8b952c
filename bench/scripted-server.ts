import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { defaultScript, type Script, type Seen } from './script.ts'

/** A scripted streaming server in a process of its own, so that its work is not counted as its clients'. */
export class ScriptedServer {
  readonly base: string
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.base = `http://127.0.0.1:${port}/v1`
  }

  static async start(script: Partial<Script> = {}): Promise<ScriptedServer> {
    const child = fork(join(import.meta.dirname, 'server.ts'))
    const [port] = (await once(child, 'message')) as [number]
    const server = new ScriptedServer(child, port)
    await server.configure(script)
    return server
  }

  /** Takes the given script from here on; the default one where nothing is said. */
  async configure(script: Partial<Script>): Promise<void> {
    await this.#ask({ ...defaultScript, ...script })
  }

  /** What the server has seen since it was asked last. */
  async seen(): Promise<Seen> {
    const sent = (await this.#ask('seen')) as { began: string[]; closed: string[]; busyMs: number }
    return { ...sent, began: sent.began.map(BigInt), closed: sent.closed.map(BigInt) }
  }

  async #ask(message: Script | 'seen'): Promise<unknown> {
    const answered = once(this.#child, 'message') as Promise<[unknown]>
    this.#child.send(message)
    return (await answered)[0]
  }

  stop(): void {
    this.#child.disconnect()
  }
}

/** Does something with a scripted server that is gone afterwards. */
export async function withServer<T>(work: (server: ScriptedServer) => Promise<T>): Promise<T> {
  const server = await ScriptedServer.start()
  try {
    return await work(server)
  } finally {
    server.stop()
  }
}
