import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dialect } from '../../simulator/dialect/dialect.ts'
import type { Fault, FaultEffect } from '../../simulator/faults/faults.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { answer } from '../runInProcess.ts'
import { restConnector } from '../connectors.ts'
import type { Given, Host } from '../lifecycle/host.ts'
import { audit, root } from '../process.ts'
import { isWrite } from '../requests.ts'
import { joiner, withRest, withRestCase } from './host.ts'
import { shortly } from './records.ts'

const { users, profiles, roles } = seedIds
const resource = '/services/apexrest/helloid/users'
const strict: Partial<Dialect> = { apexRestPath: 'helloid/users', directUserDml: 'refused' }
const settings = { ApexRestPath: 'helloid/users' }
const create: Given = { Data: joiner, settings }
const update: Given = { account: users.annBoss, Data: { Title: 'CEO' }, settings }

/** The requests that reached the resource: method, rest of the path, body. */
function sent({ org }: Host): unknown[] {
  return org.requests
    .filter(({ path }) => path.startsWith('/services/apexrest/'))
    .map(({ method, path, json }) => [method, path.slice(resource.length), json])
}

/** How many users have the joiner's name. */
function made({ org }: Host): number {
  return org.org.users.where('Username', joiner.Username).length
}

test('an org that forbids direct writes of users lives its whole life through its own Apex', async () => {
  await withRest(strict, async (host) => {
    const created = await host.run('create', { ...create, Data: { ...joiner, Title: 'Clerk' } })
    const account = created.output.AccountReference
    expect([created.code, host.row(joiner.Username)]).toEqual([
      0,
      expect.objectContaining({
        Id: account,
        Title: 'Clerk',
        IsActive: false,
        ProfileId: profiles.standardUser,
      }),
    ])
    const enabled = await host.run('enable', { account, settings })
    expect([enabled.code, host.row(joiner.Username).IsActive]).toEqual([0, true])
    const updated = await host.run('update', { account, settings, Data: { Title: 'Boss', Department: '' } })
    expect([updated.code, host.row(joiner.Username).Title]).toEqual([0, 'Boss'])
    const disabled = await host.run('disable', { account, settings })
    expect([disabled.code, host.row(joiner.Username).IsActive]).toEqual([0, false])
    expect(host.org.org.userLogins.where('UserId', String(account))[0]?.IsFrozen).toBe(true)
    const again = await host.run('enable', { account, settings })
    expect([again.code, host.row(joiner.Username).IsActive]).toEqual([0, true])
    const deleted = await host.run('delete', { account, settings })
    expect([deleted.code, host.row(joiner.Username).IsActive]).toEqual([0, false])
    expect(sent(host)).toEqual([
      [
        'POST',
        '/',
        { user: expect.objectContaining({ Username: joiner.Username, IsActive: false }) as object },
      ],
      ['PATCH', `/${account}`, { user: { IsActive: true } }],
      ['PATCH', `/${account}`, { user: { Title: 'Boss' } }],
      ['PATCH', `/${account}`, { user: { IsActive: false } }],
      ['PATCH', `/${account}`, { user: { IsActive: true } }],
      ['PATCH', `/${account}`, { user: { IsActive: false } }],
    ])
    const others = host.org.requests.filter(isWrite).filter(({ path }) => !path.startsWith(resource))
    // The freeze is no write of a user.
    for (const { path } of others) expect(path).toContain('/UserLogin/')
  })
})

test.each([
  ['Role', roles.emeaSales, { UserRoleId: roles.emeaSales }],
  ['Profile', profiles.readOnly, { ProfileId: profiles.readOnly }],
  ['FeatureLicense', 'UserPermissionsKnowledgeUser', { UserPermissionsKnowledgeUser: true }],
])('what a grant of a %s changes of the user goes there too', async (Type, Reference, user) => {
  await withRestCase(strict, async (host) => {
    const run = await answer('grantPermission', permissionContext(host, { Reference, Type }), restConnector)
    expect([run.code, audit(run)]).toEqual([0, expect.stringContaining('was successful') as string])
    expect(sent(host)).toEqual([['PATCH', `/${users.twinOne}`, { user }]])
  })
})

function permissionContext({ org }: Host, Permission: object): object {
  const { clientId, clientSecret } = seedCredentials
  return {
    actionContext: {
      DryRun: false,
      Configuration: { BaseUrl: org.url, ClientID: clientId, ClientSecret: clientSecret, ...settings },
      References: { Account: users.twinOne, Permission },
    },
  }
}

test('without the setting nothing goes there', async () => {
  await withRestCase({ apexRestPath: 'helloid/users' }, async (host) => {
    expect((await host.run('create', { Data: joiner })).code).toBe(0)
    expect((await host.run('update', { ...update, settings: {} })).code).toBe(0)
    expect(sent(host)).toEqual([])
  })
})

test.each([
  ['create', create, `POST ${resource}/`],
  ['update', update, `PATCH ${resource}/${users.annBoss}`],
  ['disable', { account: users.annBoss, settings }, `PATCH ${resource}/${users.annBoss}`],
] as const)('a dry run of %s tells the request and sends none', async (action, given, request) => {
  await withRestCase(strict, async (host) => {
    const step = await host.run(action, { ...given, dryRun: true })
    expect([step.code, sent(host)]).toEqual([0, []])
    expect(step.said).toContain('[DryRun] Would')
    expect(step.stderr).toContain(`[DryRun] Would send ${request}`)
    expect(step.stderr).toContain('"body":{"user":{')
  })
})

test.each(['helloid/users', '/helloid/users/', '/services/apexrest/helloid/users', '/helloid/users/*'])(
  'the path may be given as %s',
  async (ApexRestPath) => {
    await withRestCase(strict, async (host) => {
      const step = await host.run('update', { ...update, settings: { ApexRestPath } })
      expect([step.code, ...shortly(step.writes)]).toEqual([0, `PATCH ${resource}/${users.annBoss}`])
    })
  },
)

test("a package's namespace stands before the path", async () => {
  await withRestCase({ ...strict, apexRestPath: 'acme_idm/v1.0/users' }, async (host) => {
    const step = await host.run('update', { ...update, settings: { ApexRestPath: 'acme_idm/v1.0/users' } })
    expect([step.code, host.row(users.annBoss).Title]).toEqual([0, 'CEO'])
  })
})

const platform = (status: number, errorCode: string, message: string): FaultEffect => ({
  kind: 'answer',
  status,
  body: [{ errorCode, message }],
})
const result = (status: number, body: unknown): FaultEffect => ({ kind: 'answer', status, body })
const refusal = (statusCode: string, message: string): object => ({
  success: false,
  id: null,
  errors: [{ statusCode, message, fields: ['ProfileId'] }],
})

test.each<[string, FaultEffect, string]>([
  [
    'a refusal with status 200',
    result(200, refusal('FIELD_FILTER_VALIDATION_EXCEPTION', 'Not this profile')),
    'Not this profile (FIELD_FILTER_VALIDATION_EXCEPTION) [ProfileId]',
  ],
  [
    'a refusal with status 400',
    result(400, refusal('LICENSE_LIMIT_EXCEEDED', 'License Limit Exceeded')),
    'License Limit Exceeded (LICENSE_LIMIT_EXCEEDED)',
  ],
  [
    'a class that is not there',
    platform(404, 'NOT_FOUND', 'Could not find a match for URL'),
    `Salesforce has no Apex REST resource ${resource}: correct Configuration.ApexRestPath`,
  ],
  [
    'a class without the method',
    platform(405, 'METHOD_NOT_ALLOWED', "HTTP Method 'POST' not allowed. Allowed are GET"),
    'its class needs both @HttpPost and @HttpPatch',
  ],
  [
    'a class with another parameter',
    platform(400, 'JSON_PARSER_ERROR', 'Unexpected parameter encountered during deserialization: user'),
    'its methods must take one parameter, User user',
  ],
  [
    'a class that is not for the integration user',
    platform(403, 'FORBIDDEN', 'You do not have access to the Apex class named: HelloIdUsers'),
    'give the integration user access to the class',
  ],
])('%s is one clear error of create and of disable, and nothing is done', async (_what, effect, says) => {
  await withRestCase(strict, async (host) => {
    const fault: Fault = { when: { path: /apexrest/, times: Infinity }, effect }
    host.org.fault(fault)
    const created = await host.run('create', create)
    expect([created.code, made(host), sent(host).length]).toEqual([1, 0, 1])
    expect(created.said).toContain(says)
    const disabled = await host.run('disable', { account: users.annBoss, settings })
    expect([disabled.code, host.row(users.annBoss).IsActive]).toEqual([1, true])
    expect(disabled.said).toContain(says)
    expect(disabled.said).toContain('The account is frozen')
  })
})

test.each(['answered', 'uncaught'] as const)(
  'what the database refuses is told when it is %s by the class',
  async (apexRefusal) => {
    await withRestCase({ ...strict, apexRefusal }, async (host) => {
      const step = await host.run('create', {
        ...create,
        Data: { ...joiner, Username: 'admin@acme.example' },
      })
      expect([step.code, sent(host).length]).toEqual([1, 1])
      expect(step.said).toContain('(DUPLICATE_USERNAME) [Username]')
    })
  },
)

test('an exception of the class that nobody caught is looked into, and nothing is sent twice', async () => {
  await withRestCase(strict, async (host) => {
    const message =
      'System.NullPointerException: Attempt to de-reference a null object\n\nClass.HelloIdUsers.doPost: line 21'
    host.org.fault({ when: { path: /apexrest/ }, effect: platform(500, 'APEX_ERROR', message) })
    const step = await host.run('create', create)
    expect([step.code, made(host), sent(host).length]).toEqual([1, 0, 1])
    expect(step.said).toContain('System.NullPointerException: Attempt to de-reference a null object')
    expect(step.said).toContain('the next run looks first')
  })
})

const nonsense: readonly [string, number, unknown][] = [
  ['an empty object', 200, {}],
  ['a success without id', 201, { success: true }],
  ['an id that is none', 201, { success: true, id: 'created', errors: [] }],
  ['the id of something else', 201, { success: true, id: profiles.readOnly, errors: [] }],
  ['an id without success', 200, { id: users.admin }],
  ['a text', 200, 'done'],
  ['a list', 200, []],
  ['nothing', 204, undefined],
]

test.each(nonsense)(
  '%s for an answer is looked up: what was made is found, what was not is an error',
  async (_what, status, body) => {
    await withRestCase(strict, async (host) => {
      host.org.fault({ when: { path: /apexrest/ }, effect: { kind: 'answer', status, body } })
      const failed = await host.run('create', create)
      expect([failed.code, made(host), sent(host).length]).toEqual([1, 0, 1])
      expect(failed.said).toMatch(
        /did not answer with success, id and errors as its contract says|is not JSON/,
      )
      host.org.fault({ when: { path: /apexrest/ }, effect: { kind: 'commit-then-answer', status, body } })
      const found = await host.run('create', create)
      expect([found.code, made(host), sent(host).length]).toEqual([0, 1, 2])
      expect(found.output.AccountReference).toBe(host.row(joiner.Username).Id)
    })
  },
)

test('a create whose answer is lost is looked up and never sent twice', async () => {
  await withRestCase(strict, async (host) => {
    host.org.fault({ when: { path: /apexrest/ }, effect: { kind: 'reset' } })
    const lost = await host.run('create', create)
    expect([lost.code, made(host), sent(host).length]).toEqual([1, 0, 1])
    host.org.fault({ when: { path: /apexrest/ }, effect: { kind: 'commit-then-reset' } })
    const found = await host.run('create', create)
    expect([found.code, made(host), sent(host).length]).toEqual([0, 1, 2])
  })
})

test.each<[string, FaultEffect, number]>([
  ['is lost', { kind: 'commit-then-reset' }, 2],
  ['is empty', { kind: 'commit-then-answer', status: 204 }, 1],
])('an update whose answer %s is read back', async (_what, effect, requests) => {
  await withRestCase(strict, async (host) => {
    host.org.fault({ when: { path: /apexrest/ }, effect })
    const step = await host.run('update', update)
    expect([step.code, host.row(users.annBoss).Title, sent(host).length]).toEqual([0, 'CEO', requests])
  })
})

test('the sample class has the names that are sent and read', () => {
  const source = readFileSync(join(root, 'connectors', restConnector, 'apex', 'HelloIdUsers.cls'), 'utf8')
  expect(source).toContain(
    "@RestResource(urlMapping='/helloid/users/*')\nglobal with sharing class HelloIdUsers {",
  )
  expect(source).toContain('@HttpPost\n    global static Answer doPost(User user) {')
  expect(source).toContain('@HttpPatch\n    global static Answer doPatch(User user) {')
  const members = [...source.matchAll(/global (?!static|class)[\w<>]+ (\w+)/g)].map(([, name]) => name)
  expect(members.filter((name) => name !== 'sharing')).toEqual([
    'success',
    'id',
    'errors',
    'statusCode',
    'message',
    'fields',
  ])
})
