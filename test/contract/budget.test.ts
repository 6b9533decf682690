import { seedIds } from '../../simulator/seed/seedIds.ts'
import { answer } from '../runInProcess.ts'
import { signedIn, startOrg, startRogue } from './misbehavingServer.ts'
import {
  actionNames,
  breaches,
  configuration,
  contextFor,
  launch,
  oneOfEach,
  said,
  together,
} from './support.ts'

/** As a host does: an action that has not ended by then is killed, and what it did is not known. */
const hostLimit = 25_000

/** Runs an action with a budget of so many seconds; says in which order things happened. */
async function within(seconds: number, action: string, url: string, events: string[]) {
  const run = await launch(action, '', {
    onStart: (child) => {
      const killer = setTimeout(() => {
        events.push('killed by the host')
        child.kill()
      }, hostLimit)
      child.stdout?.once('data', () => events.push('result'))
      child.on('close', () => {
        clearTimeout(killer)
        events.push('end')
      })
      const Configuration = configuration(url, { ActionTimeoutSeconds: seconds })
      child.stdin?.end(JSON.stringify(contextFor(action, url, { Configuration })))
    },
  })
  return run
}

test('a sign-in that is never answered ends in good order, with every action', async () => {
  const server = await startRogue(() => undefined)
  const runs = await together(
    oneOfEach,
    async (action) => {
      const events: string[] = []
      return { events, run: await within(1, action, server.url, events) }
    },
    oneOfEach.length,
  )
  for (const { events, run } of runs) {
    expect(breaches(run, 1)).toEqual([])
    expect(events).toEqual(['result', 'end'])
    expect(said(run)).toMatch(/did not answer in time|Configuration\.ActionTimeoutSeconds was used up/)
  }
  const Configuration = configuration(server.url, { ActionTimeoutSeconds: 1 })
  const results = await together(
    actionNames,
    (action) => answer(action, contextFor(action, server.url, { Configuration })),
    actionNames.length,
  )
  for (const run of results) {
    expect(breaches(run, 1)).toEqual([])
    expect(said(run)).toMatch(/did not answer in time|Configuration\.ActionTimeoutSeconds was used up/)
  }
})

test('a read that is never answered is given up by the action, and nothing is sent after it', async () => {
  const events: string[] = []
  const server = await startRogue((request, response) => {
    if (signedIn(request, response)) return
    events.push('asked')
    response.on('close', () => events.push('given up'))
  })
  const run = await within(2, 'update', server.url, events)
  expect(breaches(run, 1)).toEqual([])
  expect(events.filter((event) => event !== 'given up').join()).toMatch(/^(asked,)+result,end$/)
  expect(events).toContain('given up')
  expect(said(run)).toMatch(/127\.0\.0\.1:\d+ did not answer in time|used up/)
})

test('an answer that begins and does not end is given up as well', async () => {
  const server = await startRogue((request, response) => {
    if (!signedIn(request, response)) response.writeHead(200).write('{"id":')
  })
  const events: string[] = []
  const run = await within(2, 'disable', server.url, events)
  expect(breaches(run, 1)).toEqual([])
  expect(events).toEqual(['result', 'end'])
})

test('a wait that Salesforce asks for and that does not fit is not begun', async () => {
  const org = await startOrg()
  const busy = { status: 503, body: '', headers: { 'retry-after': '3600' } }
  org.fault({ when: { method: 'GET' }, effect: { kind: 'answer', ...busy } })
  const events: string[] = []
  const run = await within(20, 'disable', org.url, events)
  expect(breaches(run, 1)).toEqual([])
  expect(events).toEqual(['result', 'end'])
  expect(org.requests.filter(({ method }) => method === 'GET')).toHaveLength(1)
  expect(org.writes()).toEqual([])
})

test('a create whose answer never comes is looked up before all else, and the result says what is not known', async () => {
  const server = await startRogue((request, response) => {
    if (signedIn(request, response)) return
    if (request.method === 'POST') return
    const profile = { id: seedIds.profiles.standardUser, displayName: 'Standard User' }
    const isProfiles = request.url?.includes('Entitlements') === true
    response.end(JSON.stringify({ totalResults: isProfiles ? 1 : 0, Resources: isProfiles ? [profile] : [] }))
  })
  const events: string[] = []
  const run = await within(2, 'create', server.url, events)
  expect(breaches(run, 1)).toEqual([])
  expect(events).toEqual(['result', 'end'])
  const afterwards = server.asked.slice(server.asked.indexOf('POST /services/scim/v2/Users') + 1)
  expect(afterwards[0]).toMatch(/^GET \/services\/scim\/v2\/Users\?filter=/)
  expect(said(run)).toContain('is not known')
})
