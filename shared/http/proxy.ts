import type { Dispatcher } from 'undici'
import connect from 'undici/lib/api/api-connect.js'
import BaseDispatcher from 'undici/lib/dispatcher/dispatcher.js'
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js'

// undici's main module gives every dispatcher this method, and the proxy agent asks for its tunnel with it.
BaseDispatcher.prototype.connect = connect

/** Connections through the proxy of HTTPS_PROXY, but to hosts that NO_PROXY names. `connectTimeout` in milliseconds. */
export function openProxyAgent(connections: number, connectTimeout: number): Dispatcher {
  return new EnvHttpProxyAgent({ connections, connectTimeout })
}
