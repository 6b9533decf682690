import type { Call } from '../host/actions.ts'
import { createHttpClient, type HttpClient } from '../http/client.ts'
import { memoryTokens, type TokenStore } from '../salesforce/session/tokens.ts'

/** What is kept from one request to the next, and in a worker from one action to the next. */
export interface Connections {
  readonly client: HttpClient
  readonly tokens: TokenStore
  close(): void
}

/** The connections of this process's actions, or of this one alone: closed when it has ended. */
export function connectionsFor(call: Call): Connections {
  const shared = call.shared?.(openConnections)
  if (shared !== undefined) return shared
  const connections = openConnections(1)
  call.onEnd(connections.close)
  return connections
}

function openConnections(concurrency: number): Connections {
  const client = createHttpClient(concurrency)
  return {
    client,
    tokens: memoryTokens(),
    close: () => {
      client.close()
    },
  }
}
