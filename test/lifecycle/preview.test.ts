import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { answer } from '../runInProcess.ts'
import type { Run } from '../process.ts'
import { isWrite, partsOf } from '../requests.ts'
import { actionNames, breaches, contextFor, type Json, launch, oneOfEach } from '../contract/support.ts'

interface Planned {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

/** The requests that a script's log tells under this word. */
function told(stderr: string, word: string): Planned[] {
  return stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { message: string; request?: Planned })
    .flatMap(({ message, request }) => (request !== undefined && message.startsWith(word) ? [request] : []))
}

/** What was written, each for itself: several requests that went as one are told one by one. */
function sentBy(org: SimulatedOrg): Planned[] {
  return org.requests.filter(isWrite).flatMap((request) => {
    const { method, path, json } = request
    const parts = partsOf(request).map((part) => ({ ...part, path: part.url }))
    const sent: readonly Planned[] = parts.length > 0 ? parts : [{ method, path, body: json }]
    return sent
      .filter((each) => each.method !== 'GET')
      .map((each) => ({
        method: each.method,
        path: each.path,
        ...(each.body !== undefined && { body: each.body }),
      }))
  })
}

const { users } = seedIds

const joiner = {
  userName: 'zoe.phones@acme.example',
  familyName: 'Phones',
  emailAddress: 'zoe.phones@acme.example',
  phone: '+31 20 1',
  mobilePhone: '+31 6 1',
  fax: '+31 20 2',
  companyName: 'Acme',
}

const variants: readonly [name: string, action: string, over: Json][] = [
  ...actionNames
    .filter((name) => !/^(uniquenessCheck|listPermissions|import)/.test(name))
    .map((name): [string, string, Json] => [name, name, {}]),
  [
    'update of two phone numbers, a company and an address',
    'update',
    {
      References: { Account: users.obrien },
      Data: {
        phone: '+31 20 1',
        mobilePhone: '+31 6 1',
        companyName: 'Acme',
        city: 'Utrecht',
        department: '',
      },
    },
  ],
  ['create with three phone numbers and a company', 'create', { Data: joiner }],
  ['disable that freezes first', 'disable', { References: { Account: users.obrien } }],
  ['enable of a leaver', 'enable', { References: { Account: users.leaver } }],
]

const all = [
  ...variants.map((variant) => ['salesforce-scim', ...variant] as const),
  // The SCIM connector's own are about fields that SCIM has in several places.
  ...variants
    .filter(([name]) => !/phone/.test(name))
    .map((variant) => ['salesforce-apex-rest', ...variant] as const),
]

test.each(all)(
  'a preview of %s, %s, tells the requests that the real one sends',
  async (connector, name, action, over) => {
    const isBuilt = oneOfEach.includes(name) && connector === 'salesforce-scim'
    const perform = (given: Json): Promise<Run> => {
      const context = contextFor(action, org.url, given, connector)
      return isBuilt ? launch(action, context) : answer(action, context, connector)
    }
    const org = await startSimulator()
    try {
      const preview = await perform({ ...over, DryRun: true })
      expect(breaches(preview, 0)).toEqual([])
      expect(sentBy(org)).toEqual([])
      const real = await perform(over)
      const sent = sentBy(org)
      expect(sent.length).toBeGreaterThan(0)
      const created = real.output.AccountReference ?? ''
      const planned = told(preview.stderr, '[DryRun] Would send ').map((request) => ({
        ...request,
        path: request.path.replace('{id}', created),
      }))
      expect(planned).toEqual(sent)
    } finally {
      await org.close()
    }
  },
)

test('a real run tells the bodies that it sends only where that is asked for', async () => {
  const org = await startSimulator()
  try {
    const context = contextFor('update', org.url)
    const asked = { ...(context['Configuration'] as Json), LogRequestBodies: true }
    const silent = await launch('update', context)
    expect(told(silent.stderr, '')).toEqual([])
    const next = contextFor('update', org.url, { Configuration: asked, Data: { title: 'Another' } })
    org.clearRequests()
    const open = await launch('update', next)
    expect(breaches(open, 0)).toEqual([])
    const [write] = org.writes()
    expect(told(open.stderr, 'Sending ')).toEqual([{ method: 'PATCH', path: write?.path, body: write?.json }])
  } finally {
    await org.close()
  }
})

test('an error in the log has for programs what is known of it', async () => {
  const org = await startSimulator()
  try {
    const wrong = await launch('create', contextFor('create', org.url, { Data: { tittle: 'x' } }))
    const code = (stderr: string): unknown =>
      stderr
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { error?: unknown }).error)
        .find((error) => error !== undefined)
    expect(code(wrong.stderr)).toEqual({ code: 'INVALID_INPUT' })
    const body = [
      { errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'insufficient access rights', fields: [] },
    ]
    org.fault({ when: { method: 'PATCH' }, effect: { kind: 'answer', status: 403, body } })
    const refused = await launch('update', contextFor('update', org.url))
    expect(code(refused.stderr)).toMatchObject({
      code: 'FORBIDDEN',
      status: 403,
      class: 'rights',
      actor: 'Salesforce administrator',
      advice: expect.stringMatching(/\w/) as string,
      faults: [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'insufficient access rights' }],
    })
  } finally {
    await org.close()
  }
})
