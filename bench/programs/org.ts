import { testTls } from '../../simulator/org/keys.ts'
import { startSimulator } from '../../simulator/server.ts'
import type { OrgOptions, OrgReply } from '../startOrg.ts'

// The simulated org as a process of its own, so that it takes no time from what is measured. Told by its parent what to be,
// and asked by it for the requests since it was last asked.
const options = JSON.parse(process.argv[2] ?? '{}') as OrgOptions
let paths: string[] = []
let requests = 0

const { url } = await startSimulator({
  keepRequests: 0,
  ...(options.users !== undefined && { seed: { users: options.users } }),
  ...(options.delay !== undefined && { delay: options.delay }),
  ...(options.tls === true && { tls: testTls }),
  onRequest: ({ method, path, search }) => {
    requests++
    if (options.keepPaths === true && method === 'GET') paths.push(path + search)
  },
})

const reply = (message: OrgReply): void => {
  process.send?.(message)
}
process.on('message', () => {
  reply({ kind: 'requests', requests, paths })
  requests = 0
  paths = []
})
process.on('disconnect', () => {
  process.exitCode = 0
  process.kill(process.pid)
})
reply({ kind: 'started', url })
