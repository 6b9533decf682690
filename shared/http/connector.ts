import type { Socket } from 'node:net'
import buildConnector, { type Callback, type Target } from 'undici/lib/core/connect.js'

/** How a pool connects to one origin; the first connection may be under way before the pool asks for one. */
export interface Connector {
  /** What undici calls for each connection. */
  connect(target: Target, callback: Callback): void
  /** Opens a connection now, for the next that is asked for. */
  open(url: URL): void
  /** Closes what was opened and never asked for. */
  close(): void
}

/** `timeout` in milliseconds, after which a connection that is not there is given up. */
export function createConnector(timeout: number): Connector {
  const connect = buildConnector({ timeout })
  let early: { readonly socket: Socket; readonly isOpen: Promise<boolean> } | undefined

  return {
    connect(target, callback) {
      const opened = early
      early = undefined
      if (opened === undefined) {
        connect(target, callback)
        return
      }
      void opened.isOpen.then((isOpen) => {
        // What went wrong before anyone waited for it may go right now, or is told now.
        if (!isOpen || opened.socket.destroyed) connect(target, callback)
        else callback(null, opened.socket)
      })
    },
    open({ hostname, host, protocol, port }) {
      if (early !== undefined) return
      const { promise, resolve } = outcome()
      const socket = connect(
        { hostname: hostname.replace(/^\[|\]$/g, ''), host, protocol, port },
        (...[error]) => {
          resolve(error === null)
        },
      )
      early = { socket, isOpen: promise }
    },
    close() {
      // With an error, which ends undici's wait for it as well.
      early?.socket.destroy(new Error('not needed'))
      early = undefined
    },
  }
}

function outcome(): { promise: Promise<boolean>; resolve: (isOpen: boolean) => void } {
  let resolve: (isOpen: boolean) => void = () => undefined
  const promise = new Promise<boolean>((settle) => (resolve = settle))
  return { promise, resolve }
}
