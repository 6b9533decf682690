import { spawn } from 'node:child_process'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import type { Finding } from './hostile.ts'
import { inPool } from '../pool.ts'
import { runAction } from '../scriptProcess.ts'
import { toRestContext } from '../scenarios/restFieldNames.ts'
import { type Connector, connectors } from '../scenarios/scenario.ts'

/** Seconds that an action has, and milliseconds by which its process may outlive them. */
const budget = 3
const grace = 1000

const actions = [
  'create',
  'update',
  'enable',
  'disable',
  'delete',
  'uniquenessCheck',
  'grantPermission',
  'revokePermission',
  'subPermissions',
  'listPermissions',
]

/** A preload: no name server answers, and a look-up of the operating system keeps its process alive. */
const silentNames = `import dns from 'node:dns'
dns.lookup = () => setTimeout(() => undefined, 600_000)
dns.Resolver.prototype.resolve4 = function (_name, callback) {
  const waiting = setTimeout(() => undefined, 600_000)
  this.cancel = () => {
    clearTimeout(waiting)
    process.nextTick(callback, Object.assign(new Error('cancelled'), { code: 'ECANCELLED' }))
  }
}`

/** Somebody who takes a connection, or not even that, and says nothing. */
interface Silence {
  readonly port: number
  close(): void
}

/** Every action, of an org whose host accepts and says nothing (in TLS and without), or does not even accept. */
export async function hangs(folder: string, connector: Connector, atOnce: number): Promise<Finding> {
  const accepting = await acceptAll()
  const full = await acceptNobody()
  try {
    const urls = [
      `https://127.0.0.1:${accepting.port}`,
      `http://127.0.0.1:${accepting.port}`,
      ...(full === undefined ? [] : [`https://127.0.0.1:${full.port}`]),
    ]
    const note = full === undefined ? ' (a connection that is not accepted can be tried on Linux only)' : ''
    return await outlive(folder, connector, urls, '', atOnce, note)
  } finally {
    accepting.close()
    full?.close()
  }
}

/** The same where the name of the host cannot be looked up, and nobody says so. */
export function namesHang(folder: string, connector: Connector, atOnce: number): Promise<Finding> {
  return outlive(folder, connector, ['https://silent.example'], silentNames, atOnce, '')
}

async function outlive(
  folder: string,
  connector: Connector,
  urls: readonly string[],
  preload: string,
  atOnce: number,
  note: string,
): Promise<Finding> {
  const cases = urls.flatMap((url) => actions.map((action) => ({ url, action })))
  const lives: number[] = []
  const found = await inPool(cases, atOnce, async ({ url, action }) => {
    const ended = await runAction(join(folder, connector), action, contextOf(url, connector), true, preload)
    lives.push(ended.milliseconds)
    const flaws: string[] = []
    const place = `${connector} ${action}, ${url}`
    if (ended.milliseconds > budget * 1000 + grace)
      flaws.push(`${place}: ${Math.round(ended.milliseconds)} ms`)
    if (ended.exitCode !== 1 || !/^\{.*\}\n$/.test(ended.stdout)) {
      flaws.push(`${place}: exit ${ended.exitCode}, ${ended.stdout.slice(0, 200)}`)
    }
    return flaws
  })
  const longest = Math.round(Math.max(...lives)) / 1000
  return {
    figure: `${cases.length} processes, the longest lived ${longest.toFixed(1)} s of ${budget} s and ${grace / 1000} s${note}`,
    flaws: found.flat(),
  }
}

function contextOf(BaseUrl: string, connector: Connector): object {
  const Permission = { Reference: Object.values(seedIds.permissionSets)[0], Type: 'PermissionSet' }
  const Data = {
    userName: 'hang@acme.example',
    familyName: 'Hang',
    emailAddress: 'hang@acme.example',
    profile: 'Standard User',
  }
  const context = { Data, References: { Account: seedIds.users.annBoss, Permission } }
  const actionContext = {
    DryRun: false,
    Configuration: {
      BaseUrl,
      ClientID: seedCredentials.clientId,
      ClientSecret: seedCredentials.clientSecret,
      ActionTimeoutSeconds: budget,
      SubPermissionMapping: 'A = Sales',
    },
    ...(connector === connectors[0] ? context : (toRestContext(context) as object)),
  }
  return { actionContext }
}

async function acceptAll(): Promise<Silence> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/**
 * A server that is stopped while others wait for it: Linux drops what comes on top of a full queue, as a firewall does.
 * Undefined on other systems.
 */
async function acceptNobody(): Promise<Silence | undefined> {
  if (process.platform !== 'linux') return undefined
  const code = `import { createServer } from 'node:net'
const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  process.stdout.write(String(server.address().port) + '\\n', () => process.kill(process.pid, 'SIGSTOP'))
})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const port = await new Promise<number>((resolve) => {
    child.stdout.once('data', (text: Buffer) => resolve(Number(text.toString())))
  })
  const waiting = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
  await new Promise((resolve) => setTimeout(resolve, 200))
  return {
    port,
    close: () => {
      for (const socket of waiting) socket.destroy()
      child.kill('SIGKILL')
    },
  }
}
