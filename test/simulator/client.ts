import { startSimulator } from '../../simulator/server.ts'
import type { SimulatedOrg, SimulatorOptions } from '../../simulator/server.ts'

/** An answer; `at` reads a member of its JSON body by path. */
export interface Reply {
  status: number
  text: string
  headers: Headers
  json: unknown
  at: (...path: (string | number)[]) => unknown
}

export interface Client {
  simulator: SimulatedOrg
  send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>
  get: (path: string) => Promise<Reply>
  scim: (method: string, path: string, body?: unknown) => Promise<Reply>
  filter: (filter: string, resource?: string) => Promise<Reply>
  soql: (query: string) => Promise<Reply>
  patch: (id: string, ...operations: unknown[]) => Promise<Reply>
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export async function reply(response: Response): Promise<Reply> {
  const text = await response.text()
  const json = parse(text)
  const at = (...path: (string | number)[]): unknown =>
    path.reduce<unknown>(
      (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
      json,
    )
  return { status: response.status, text, headers: response.headers, json, at }
}

/** A running org and a signed-in client of it. */
export async function connect(options: SimulatorOptions = {}): Promise<Client> {
  const simulator = await startSimulator(options)
  const token = simulator.org.issueToken(simulator.org.connectedApp.runAsUserId ?? '', new Date())
  const send: Client['send'] = async (method, path, body, headers = {}) =>
    reply(
      await fetch(simulator.url + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    )
  const scim: Client['scim'] = (method, path, body) => send(method, `/services/scim/v2${path}`, body)
  return {
    simulator,
    send,
    scim,
    get: (path) => send('GET', path),
    filter: (filter, resource = 'Users') => scim('GET', `/${resource}?filter=${encodeURIComponent(filter)}`),
    soql: (query) => send('GET', `/services/data/v66.0/query?q=${encodeURIComponent(query)}`),
    patch: (id, ...operations) =>
      scim('PATCH', `/Users/${id}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: operations,
      }),
  }
}

/** A body that creates a user; members may be overridden or, with undefined, left out. */
export function newUser(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'J.deVries@Acme.example',
    name: { familyName: 'de Vries', givenName: 'Jan' },
    emails: [{ type: 'work', primary: true, value: 'j.devries@acme.example' }],
    entitlements: [{ value: '00e5g0000000002AAA' }],
    ...over,
  }
}
