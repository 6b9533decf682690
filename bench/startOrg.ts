import { fork } from 'node:child_process'
import { on } from 'node:events'
import { cleanEnvironment } from './measureProcess.ts'

export interface OrgOptions {
  /** Users beside those of the sample company. */
  readonly users?: number
  /** Milliseconds added to each answer. */
  readonly delay?: number
  readonly tls?: boolean
  /** Whether the addresses of GET requests are remembered. */
  readonly keepPaths?: boolean
}

/** What the org's process tells. */
export type OrgReply =
  | { readonly kind: 'started'; readonly url: string }
  | { readonly kind: 'requests'; readonly requests: number; readonly paths: readonly string[] }

/** The simulated org, in another process. */
export interface BenchOrg {
  readonly url: string
  /** How many requests came since this was last asked. */
  requests(): Promise<number>
  /** The paths and queries of the GET requests since this was last asked, in order. */
  paths(): Promise<readonly string[]>
  close(): void
}

/** Starts an org; `script` is the built programs/org.ts. */
export async function startOrg(script: string, options: OrgOptions): Promise<BenchOrg> {
  const child = fork(script, [JSON.stringify(options)], {
    env: cleanEnvironment(),
    // A hundred thousand users are more than Node's usual heap on a small machine.
    execArgv: ['--max-old-space-size=4096'],
  })
  const replies = on(child, 'message', { close: ['exit'] })
  const next = async (): Promise<OrgReply> => {
    const reply = await replies.next()
    if (reply.done === true) throw new Error('the simulated org ended')
    const [message] = reply.value as [OrgReply]
    return message
  }
  const ask = async (): Promise<OrgReply & { kind: 'requests' }> => {
    child.send('requests')
    const message = await next()
    if (message.kind !== 'requests') throw new Error('the simulated org started twice')
    return message
  }

  const started = await next()
  if (started.kind !== 'started') throw new Error('the simulated org did not start')
  return {
    url: started.url,
    requests: async () => (await ask()).requests,
    paths: async () => (await ask()).paths,
    close: () => {
      child.disconnect()
    },
  }
}
