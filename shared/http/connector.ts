import type { Socket } from 'node:net'
import buildConnector, { type Callback, type Target } from 'undici/lib/core/connect.js'
import { createLookup } from './lookup.ts'
import type { Tunnels } from './tunnel.ts'

/** How a pool connects to one origin; the first connection may be under way before the pool asks for one. */
export interface Connector {
  /** What undici calls for each connection. */
  connect(target: Target, callback: Callback): void
  /** Opens a connection now, for the next that is asked for. */
  open(url: URL): void
  /** Gives up what is being opened, and closes what was opened and never asked for. */
  close(): void
}

/**
 * `timeout` in milliseconds, after which a connection that is not there is given up; `tunnels` where a proxy leads to the
 * origin.
 */
export function createConnector(timeout: number, tunnels?: () => Promise<Tunnels>): Connector {
  const names = createLookup(timeout)
  const connectTo = buildConnector({ timeout, lookup: names.lookup })
  /** Connections that are not there yet: undici does not know them, and would let them keep the process alive. */
  const opening = new Set<Socket>()
  let early: { readonly socket: Socket; readonly isOpen: Promise<boolean> } | undefined
  let isClosed = false

  const track = (socket: Socket): void => {
    opening.add(socket)
    socket.once('close', () => opening.delete(socket))
    if (isClosed) giveUp(socket)
  }

  const connect = (target: Target, callback: Callback): Socket => {
    const socket = connectTo(target, (...result) => {
      opening.delete(socket)
      callback(...result)
    })
    track(socket)
    return socket
  }

  const connectThrough = async (
    open: () => Promise<Tunnels>,
    target: Target,
    callback: Callback,
  ): Promise<void> => {
    try {
      const host = target.port === '' ? `${target.host}:443` : target.host
      const httpSocket = await (await open()).open(host ?? target.hostname)
      connect({ ...target, httpSocket }, callback)
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), null)
    }
  }

  return {
    connect(target, callback) {
      if (tunnels !== undefined) {
        void connectThrough(tunnels, target, callback)
        return
      }
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
      if (early !== undefined || tunnels !== undefined) return
      const { promise, resolve } = outcome()
      const target = { hostname: hostname.replace(/^\[|\]$/g, ''), host, protocol, port }
      const socket = connect(target, (...[error]) => {
        resolve(error === null)
      })
      early = { socket, isOpen: promise }
    },
    close() {
      isClosed = true
      if (early !== undefined) giveUp(early.socket)
      early = undefined
      for (const socket of opening) giveUp(socket)
      names.close()
    },
  }
}

/** With an error, which ends undici's wait for it as well. */
function giveUp(socket: Socket): void {
  socket.destroy(new Error('not needed'))
}

function outcome(): { promise: Promise<boolean>; resolve: (isOpen: boolean) => void } {
  let resolve: (isOpen: boolean) => void = () => undefined
  const promise = new Promise<boolean>((settle) => (resolve = settle))
  return { promise, resolve }
}
