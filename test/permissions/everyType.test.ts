import { permissionTypeNames, permissionTypes } from '../../shared/lifecycle/permissions/access/permission.ts'
import { connectors } from '../connectors.ts'
import { hostsOf } from './permissionHost.ts'
import { account, samples } from './permissions.ts'

/** Fields of the user itself: an inactive user cannot use them, and no user can be without a profile. */
const fieldsOfUser: readonly string[] = ['Profile', 'Role', 'FeatureLicense']

test('every permission type has a sample, which the tests of grants and revokes take', () => {
  expect(samples.map(({ type }) => type).sort()).toEqual([...permissionTypeNames].sort())
})

describe.each(connectors)('a leaver of %s', (connector) => {
  const { withCase } = hostsOf(connector)

  test.each(permissionTypeNames.filter((type) => !fieldsOfUser.includes(type)))(
    'who holds a %s loses it with OnDisable strip',
    (type) =>
      withCase({ territoryManagement: true }, async ({ run }) => {
        const sample = samples.find((candidate) => candidate.type === type)
        const permission = { Reference: sample?.reference, Type: type }
        const granted = await run('grantPermission', { account, permission })
        expect(granted.changes).toContain(sample?.granted)
        const step = await run('disable', { account, settings: { OnDisable: 'strip' } })
        expect(step.code).toBe(0)
        expect(step.said).toContain(`Revoked the ${permissionTypes[type].noun} [`)
        expect(step.changes).toContain(sample?.granted.replace(/^\+/, '-'))
      }),
  )
})
