// undici's own files, imported one by one: its main module loads fetch, WebSocket, cache and mocks as well, which costs
// more than everything an action does.
declare module 'undici/lib/core/connect.js' {
  import type { Socket } from 'node:net'
  import type { buildConnector } from 'undici'
  export type Target = buildConnector.Options
  export type Callback = buildConnector.Callback
  /** As undici's own types have it, but that a connector gives the socket with which it connects. */
  export default function build(
    options: buildConnector.BuildOptions,
  ): (target: Target, callback: Callback) => Socket
}
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici'
  export default Pool
}
