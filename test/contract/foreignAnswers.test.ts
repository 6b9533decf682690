import { addRecords } from '../../simulator/seed/seedRecords.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { type Connector, connectors, restConnector } from '../connectors.ts'
import type { Answered } from '../lifecycle/gateway.ts'
import { joiner } from '../lifecycle/host.ts'
import { apiNames } from '../lifecycle/hosts.ts'
import {
  asked,
  behind,
  claimsOf,
  type Claim,
  isRead,
  mutated,
  other,
  renamed,
  user,
} from './foreignAnswers.ts'

const foreign = /the answer is about another account or record/

describe.each(connectors)('%s, answered about somebody else', (connector) => {
  test.concurrent.each(claimsOf(connector).map((claim): [string, Claim] => [claim.name, claim]))(
    '%s: reads that name another user write nothing, and are no success',
    (_name, claim) =>
      behind(
        connector,
        claim,
        (request) => (isRead(request) ? renamed(asked, other) : undefined),
        ({ output, said, writes, org }) => {
          expect([output.Success, writes]).toEqual([false, []])
          expect(said).toMatch(foreign)
          expect(claim.isTrue(org)).toBe(false)
        },
      ),
  )

  test.concurrent.each(claimsOf(connector).map((claim): [string, Claim] => [claim.name, claim]))(
    '%s: a write that is answered about another user is not repeated, and no false success',
    (_name, claim) =>
      behind(
        connector,
        claim,
        (request) => (isRead(request) ? undefined : renamed(asked, other)),
        ({ output, writes, org }) => {
          // Where the answer of the write names nobody, what is read afterwards decides.
          if (output.Success === true) expect(claim.isTrue(org)).toBe(true)
          expect(new Set(writes).size).toBe(writes.length)
        },
      ),
  )
})

const data: Record<string, unknown> = { ...joiner, department: 'Testing' }
const named = (connector: string): Record<string, unknown> =>
  connector === restConnector
    ? Object.fromEntries(Object.entries(data).map(([name, value]) => [apiNames[name] ?? name, value]))
    : data

describe.each(connectors)('create by %s', (connector) => {
  const create = { action: 'create', context: { Data: named(connector) }, prepare: () => undefined }
  const isCreate = (body: string): boolean => body.includes(joiner.userName)

  test.concurrent.each([
    ['an existing user', other],
    ['no user', '0015g0000000001AAA'],
    ['an address', '../../data/v66.0/sobjects/Account/1'],
  ])('that is answered with the id of %s gives no reference, and writes nothing more', (_what, id) =>
    behind(
      connector,
      create,
      ({ body }) =>
        isCreate(body)
          ? ({ status, body: text }) => ({ status, body: text.replace(/"id":"005\w{15}"/, `"id":"${id}"`) })
          : undefined,
      ({ output, said, writes, org }) => {
        expect(output.Success).toBe(false)
        expect(output.AccountReference ?? '').not.toBe(id)
        expect(said).toMatch(foreign)
        expect(writes).toHaveLength(1)
        expect(user(org, other)['Department']).not.toBe('Testing')
      },
    ),
  )

  test.concurrent('that is answered with another user as a whole gives no reference', () =>
    behind(
      connector,
      create,
      ({ body }) =>
        isCreate(body)
          ? ({ status, body: text }) => ({
              status,
              body: text.replaceAll(/005\w{15}/g, other).replaceAll(joiner.userName, 'ann.boss@acme.example'),
            })
          : undefined,
      ({ output, said, writes }) => {
        expect([output.Success, writes.length]).toEqual([false, 1])
        expect(output.AccountReference ?? '').not.toBe(other)
        expect(said).toMatch(foreign)
      },
    ),
  )

  test.concurrent('correlates with nobody who does not have the value', () =>
    behind(
      connector,
      {
        ...create,
        context: {
          ...create.context,
          CorrelationConfiguration: {
            Enabled: true,
            AccountField: connector === restConnector ? 'EmployeeNumber' : 'employeeNumber',
            PersonFieldValue: '100005',
          },
        },
        prepare: (org) => {
          const row = org.users.get(asked)
          if (row !== undefined) org.users.update(row, { EmployeeNumber: '100005' })
        },
      },
      (request) => (isRead(request) ? renamed('"100005"', '"100003"') : undefined),
      ({ output, said, writes }) => {
        expect([output.Success, writes]).toEqual([false, []])
        expect(said).toMatch(foreign)
      },
    ),
  )
})

const { permissionSets, contacts, authSessions } = seedIds

describe.each(connectors)('%s, answered about somebody else, with many answers', (connector) => {
  const ofDepartment = {
    action: 'subPermissions',
    context: {
      Operation: 'update',
      permission: { Reference: 'department' },
      CurrentPermissions: [{ Reference: { Id: `PermissionSet:${permissionSets.salesOps}` } }],
      settings: {
        SubPermissionField: 'Department.ExternalId',
        SubPermissionMapping: `FIN = PermissionSet:${permissionSets.dataExport}`,
      },
      more: {
        personContext: {
          Person: { Contracts: [{ Department: { ExternalId: 'FIN' }, Context: { InConditions: true } }] },
        },
      },
    },
    prepare: () => undefined,
  }

  test.concurrent('subPermissions writes nothing, and is no success', () =>
    behind(
      connector,
      ofDepartment,
      (request) => (isRead(request) ? renamed(asked, other) : undefined),
      ({ output, said, writes }) => {
        expect([output.Success, writes]).toEqual([false, []])
        expect(said).toMatch(foreign)
      },
    ),
  )

  test.concurrent('uniquenessCheck says nothing about a user name that it did not ask for', () =>
    behind(
      connector,
      {
        action: 'uniquenessCheck',
        context: { Data: { ...named(connector), ...userNamed(connector, 'marie.curie@acme.example') } },
        prepare: (org) => {
          const row = org.users.get(asked)
          if (row !== undefined) org.users.update(row, { Username: 'marie.curie@acme.example' })
        },
      },
      (request) => (isRead(request) ? renamed('marie.curie@', 'ann.boss@') : undefined),
      ({ output, said }) => {
        expect([output.Success, output.NonUniqueFields ?? []]).toEqual([false, []])
        expect(said).toMatch(foreign)
      },
    ),
  )

  test.concurrent('resources takes no other group for the one that it made or looked for', () =>
    behind(
      connector,
      {
        action: 'resources',
        context: { more: { resourceContext: { SourceData: [{ DisplayName: 'Finance' }] } } },
        prepare: () => undefined,
      },
      () => renamed('Finance', 'Legal'),
      ({ output, writes, org }) => {
        const made = [...org.groups.values()].some(({ Name }) => Name === 'Finance')
        if (output.Success === true) expect(made).toBe(true)
        expect(new Set(writes).size).toBe(writes.length)
      },
    ),
  )
})

function userNamed(connector: string, name: string): object {
  return connector === restConnector ? { Username: name } : { userName: name }
}

describe('the options of the REST connector, answered about somebody else', () => {
  test.concurrent('EndSessionsOnDisable ends no session of another user', () =>
    behind(
      restConnector,
      {
        action: 'disable',
        context: { settings: { EndSessionsOnDisable: true } },
        prepare: (org) => {
          addRecords(org)
          for (const row of org.authSessions.values()) org.authSessions.update(row, { UsersId: asked })
        },
      },
      ({ path }) => (path.includes('AuthSession') ? renamed(asked, other) : undefined),
      ({ output, said, org }) => {
        expect([output.Success, org.authSessions.has(authSessions.one)]).toEqual([false, true])
        expect(said).toMatch(foreign)
      },
    ),
  )

  test.concurrent('TransferRecords moves no record of another owner', () =>
    behind(
      restConnector,
      {
        action: 'disable',
        context: { settings: { TransferRecords: 'Case' } },
        prepare: (org) => {
          addRecords(org)
          for (const row of org.cases.values()) org.cases.update(row, { OwnerId: asked })
        },
      },
      ({ path }) => (path.includes('FROM Case') ? renamed(asked, other) : undefined),
      ({ org, writes }) => {
        expect(writes.filter((write) => write.includes('"Case"'))).toEqual([])
        expect([...org.cases.values()].every(({ OwnerId }) => OwnerId === asked)).toBe(true)
      },
    ),
  )

  test.concurrent('create takes no contact that has another e-mail address', () =>
    behind(
      restConnector,
      {
        action: 'create',
        context: {
          settings: { ContactBackedUsers: true },
          Data: {
            ...named(restConnector),
            Email: 'gina.globe@customer.example',
            ProfileId: 'Partner Community User',
          },
        },
        prepare: addRecords,
      },
      ({ body, path }) =>
        /FROM(?: |\+|%20)Contact/.test(path + body)
          ? (answered) =>
              renamed('gina.globe@', 'gus.globe@')(renamed(contacts.globexOne, contacts.globexTwo)(answered))
          : undefined,
      ({ output, said, writes }) => {
        expect([output.Success, writes]).toEqual([false, []])
        expect(said).toMatch(foreign)
      },
    ),
  )

  test.concurrent.each(['update', 'disable'])(
    '%s by an Apex class that answers about another user writes nothing more',
    (action) =>
      behind(
        restConnector,
        {
          action,
          context: { settings: { ApexRestPath: 'helloid/users' }, Data: { Title: 'Chief of Tests' } },
          dialect: { apexRestPath: 'helloid/users' },
          prepare: () => undefined,
        },
        ({ path }) => (path.includes('/apexrest/') ? renamed(asked, other) : undefined),
        ({ writes, org }) => {
          expect(writes.filter((write) => write.includes('/apexrest/'))).toHaveLength(1)
          expect(writes.filter((write) => write.includes(other))).toEqual([])
          expect(user(org, other)['Title']).not.toBe('Chief of Tests')
        },
      ),
  )
})

/** Members that say what an answer is about, or what it shows. */
const members = [
  'active',
  'IsActive',
  'IsFrozen',
  'entitlements',
  'roles',
  'groups',
  'members',
  'value',
  'id',
  'Id',
  'UserId',
  'AssigneeId',
  'UserOrGroupId',
  'PermissionSetId',
  'PermissionSetGroupId',
  'PermissionSetLicenseId',
  'GroupId',
  'Territory2Id',
  'UserRoleId',
  'ProfileId',
  'UserPermissionsKnowledgeUser',
  'records',
  'totalSize',
  'done',
  'compositeResponse',
  'httpStatusCode',
  'referenceId',
  'body',
]

/** One wrong value of each kind in turn, so that every claim meets every kind; all of them are tried by `npm run reliability`. */
const wrong: readonly unknown[] = [null, 1, 'yes', [], {}, false]

/** Whether an answer says in so many words that an account has nothing: nothing is missing there. */
function saysNone({ name, value }: { name: string; value: unknown }): boolean {
  if (name === 'UserRoleId') return value === null
  return ['roles', 'groups'].includes(name) && Array.isArray(value)
}

/** Those of the members that the answers to an action have. */
async function membersSeen(connector: Connector, claim: Claim): Promise<string[]> {
  const seen = new Set<string>()
  const note = (answered: Answered): Answered => {
    for (const name of members) if (answered.body.includes(`"${name}":`)) seen.add(name)
    return answered
  }
  await behind(
    connector,
    claim,
    ({ path }) => (path.includes('oauth2') ? undefined : note),
    ({ output, org }) => {
      expect([output.Success, claim.isTrue(org)]).toEqual([true, true])
    },
  )
  return [...seen]
}

describe.each(connectors)('%s, answered with something left out or malformed', (connector) => {
  test.each(claimsOf(connector).map((claim): [string, Claim] => [claim.name, claim]))(
    '%s is never claimed against what the org has',
    async (_name, claim) => {
      const seen = await membersSeen(connector, claim)
      const cases = seen
        .flatMap((name, at) => [
          { name, value: undefined },
          ...(at % 3 === 0 ? [{ name, value: wrong[at % wrong.length] }] : []),
        ])
        .filter((one) => !saysNone(one))
      expect(cases.length).toBeGreaterThan(3)
      for (const { name, value } of cases) {
        await behind(
          connector,
          claim,
          ({ path }) => (path.includes('oauth2') ? undefined : mutated(name, value)),
          ({ output, org }) => {
            const isFalse = output.Success === true && !claim.isTrue(org)
            expect([name, value, isFalse]).toEqual([name, value, false])
          },
        )
      }
    },
  )
})
