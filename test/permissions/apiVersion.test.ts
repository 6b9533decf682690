import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { connectors, flagship, inProcess } from '../connectors.ts'
import { runCase } from '../imports/support.ts'
import { type Action, type Given, hostsOf } from './permissionHost.ts'
import { account } from './permissions.ts'

const { permissionSets, permissionSetGroups, permissionSetLicenses, profiles, groups } = seedIds

/** Versions that lack the fields of an assignment, and those that lack permission set groups as well. */
const tooOld = ['51.0', 'v44.0', 'v42.0'] as const

const references = [
  ['PermissionSet', permissionSets.dataExport],
  ['PermissionSetGroup', permissionSetGroups.salesStarter],
  ['PermissionSetLicense', permissionSetLicenses.einstein],
  ['Profile', profiles.readOnly],
] as const

const said = (version: string): string =>
  `Configuration.ApiVersion ${version.replace('v', '')} is too old for permissions: permission set assignments need 52.0 or later`

const everyAction: readonly (readonly [Action, Given])[] = [
  ['disable', {}],
  ['enable', { Data: {} }],
  ['grantPermission', { permission: { Reference: groups.supportQueue, Type: 'Queue' } }],
]

describe.each(connectors)('%s', (connector) => {
  const { withCase } = hostsOf(connector)

  describe.each(tooOld)('with ApiVersion %s', (ApiVersion) => {
    test.each(references)('a %s is neither granted nor revoked, and nothing is sent', (Type, id) =>
      withCase('documented', async ({ simulator, run }) => {
        for (const action of ['grantPermission', 'revokePermission'] as const) {
          for (const dryRun of [true, false]) {
            const permission = { Reference: id, Type }
            const step = await run(action, { account, permission, dryRun, settings: { ApiVersion } })
            expect(step.code).toBe(1)
            expect(step.said).toContain(said(ApiVersion))
          }
        }
        expect(simulator.requests).toEqual([])
      }),
    )

    test('sub-permissions are refused, and the host keeps what it has', () =>
      withCase('documented', async ({ simulator, run }) => {
        const current = [
          { DisplayName: 'Kept', Reference: { Id: `PermissionSet:${permissionSets.dataExport}` } },
        ]
        const step = await run('subPermissions', {
          account,
          operation: 'revoke',
          current,
          settings: { ApiVersion },
        })
        expect(step.code).toBe(1)
        expect(step.said).toContain(said(ApiVersion))
        expect(step.output.SubPermissions).toEqual(current)
        expect(simulator.requests).toEqual([])
      }))

    test.each(['report', 'strip'])('OnDisable %s fails, and the account is inactive', (OnDisable) =>
      withCase('documented', async ({ org, run }) => {
        const step = await run('disable', { account, settings: { ApiVersion, OnDisable } })
        expect(step.code).toBe(1)
        expect(step.said).toContain(said(ApiVersion))
        expect(org.users.get(account)?.IsActive).toBe(false)
      }),
    )

    test('the list of permissions and their import fail', () =>
      withCase('documented', async ({ simulator }) => {
        for (const PermissionTypes of ['', 'PermissionSet', 'PermissionSetGroup', 'PermissionSetLicense']) {
          const Configuration = {
            BaseUrl: simulator.url,
            ClientID: seedCredentials.clientId,
            ClientSecret: seedCredentials.clientSecret,
            ApiVersion,
            PermissionTypes,
          }
          const list = await inProcess(connector)('listPermissions', { DryRun: false, Configuration })
          expect(list.code).toBe(1)
          expect(list.stdout).toContain(said(ApiVersion))
          const imported = await runCase('importPermissions', { DryRun: false, Configuration }, connector)
          expect(imported.code).toBe(1)
          expect(imported.stdout).toBe('')
          expect(imported.errors.join()).toContain(said(ApiVersion))
        }
        expect(simulator.requests).toEqual([])
      }))
  })

  test('with ApiVersion 52.0 permissions are granted and taken', () =>
    withCase('documented', async ({ org, run }) => {
      const settings = { ApiVersion: '52.0', OnDisable: 'strip' }
      for (const [Type, Reference] of references.slice(0, 2)) {
        const step = await run('grantPermission', { account, permission: { Reference, Type }, settings })
        expect([step.code, step.said]).toEqual([0, expect.stringContaining('was successful')])
      }
      const step = await run('disable', { account, settings })
      expect([step.code, org.assignmentsOf(account)]).toEqual([0, []])
    }))

  test.each(everyAction)('%s works with ApiVersion v42.0', (action, given) =>
    withCase('documented', async ({ run }) => {
      expect((await run(action, { account, ...given, settings: { ApiVersion: 'v42.0' } })).code).toBe(0)
    }),
  )

  test.each(everyAction)('%s refuses a version that is retired, and sends nothing', (action, given) =>
    withCase('documented', async ({ simulator, run }) => {
      const step = await run(action, { account, ...given, settings: { ApiVersion: 'v30.0' } })
      expect(step.code).toBe(1)
      expect(step.said).toContain(
        'Configuration.ApiVersion 30.0 is retired: Salesforce refuses versions below 31.0, and permissions need 52.0 or later',
      )
      expect(simulator.requests).toEqual([])
    }),
  )

  test.each([
    ['40.0', true],
    ['41.0', false],
  ] as const)('ApiVersion %s: a warning with its end is %s', (ApiVersion, isWarned) =>
    withCase('documented', async ({ run }) => {
      const { stderr } = await run('disable', { account, settings: { ApiVersion } })
      const warning = `"Salesforce retires Configuration.ApiVersion ${ApiVersion} in Summer '28`
      expect(stderr.includes(warning)).toBe(isWarned)
    }),
  )

  test('AuthenticationFlow password is a warning with its end', () =>
    withCase({ passwordFlow: 'allowed' }, async ({ run }) => {
      const { userName: UserName, password: Password, securityToken: SecurityToken } = seedCredentials
      const byPassword = { AuthenticationFlow: 'password', UserName, Password, SecurityToken }
      const { code, stderr } = await run('disable', { account, settings: byPassword })
      expect(code).toBe(0)
      expect(stderr).toContain('on 20 February 2027')
    }))
})

test('SCIM alone does not go by the version', () =>
  hostsOf(flagship).withCase('documented', async ({ run }) => {
    const permission = { Reference: permissionSets.dataExport, Type: 'PermissionSet' }
    const settings = { ApiVersion: '42.0', UseRestApi: false }
    expect((await run('grantPermission', { account, permission, settings })).code).toBe(0)
  }))
