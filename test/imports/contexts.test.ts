import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { type Connector, connectors, flagship, restConnector } from '../connectors.ts'
import { root } from '../process.ts'
import {
  type Account,
  idsOf,
  type Import,
  listedIds,
  type Permission,
  runBuiltImport,
  withOrg,
} from './support.ts'

const folder = join(root, 'samples', 'contexts')
const { users, permissionSets } = seedIds

/** Runs a sample as it is, on a fresh org. */
async function runSample<T>(
  name: string,
  check: (run: Import<T>, everybody: readonly string[]) => void,
  connector: Connector = flagship,
): Promise<void> {
  await withOrg({}, async (org) => {
    const own = connector === flagship ? folder : join(folder, connector)
    const text = readFileSync(join(own, `${name}.json`), 'utf8')
    expect(text).toContain('"http://127.0.0.1:8400"')
    const action = name.startsWith('importPermissions') ? 'importPermissions' : 'import'
    const run = await runBuiltImport<T>(action, text.replaceAll('http://127.0.0.1:8400', org.url), connector)
    expect(run.errors).toEqual([])
    expect(run.code).toBe(0)
    check(run, listedIds(org))
  })
}

test('every sample of an import has its ending here', () => {
  const samples = readdirSync(folder).filter((file) => file.startsWith('import'))
  expect(samples.sort()).toEqual(['import-scim.json', 'import.json', 'importPermissions.json'])
})

test('the sample import gives every account by REST, with what was asked for', async () => {
  await runSample<Account>('import', (run, everybody) => {
    expect(idsOf(run)).toEqual(everybody)
    expect(run.objects.find(({ AccountReference }) => AccountReference === users.obrien)?.Data).toEqual({
      userName: "s.o'brien@acme.example",
      externalId: "E100003'x",
      employeeNumber: '100003',
      emailAddress: "s.o'brien@acme.example",
      department: 'Sales & Märkte',
      isFrozen: 'false',
    })
  })
})

test('the sample import-scim gives the active accounts behind the one that it names, over SCIM', async () => {
  await runSample<Account>('import-scim', (run, everybody) => {
    expect(idsOf(run)).toEqual(everybody.filter((id) => id > users.annBoss && id !== users.leaver))
    expect(run.log).not.toContain('/services/data/')
  })
})

test('the sample import of the REST connector gives every account, with what was asked for', async () => {
  const check = (run: Import<Account>, everybody: readonly string[]): void => {
    expect(idsOf(run)).toEqual(everybody)
    expect(run.objects.find(({ AccountReference }) => AccountReference === users.obrien)?.Data).toEqual({
      Username: "s.o'brien@acme.example",
      FederationIdentifier: "E100003'x",
      EmployeeNumber: '100003',
      Email: "s.o'brien@acme.example",
      Department: 'Sales & Märkte',
      IsFrozen: 'false',
    })
  }
  await runSample<Account>('import', check, restConnector)
})

test.each(connectors)('the sample importPermissions of %s gives who holds what', async (connector) => {
  const check = ({ objects }: Import<Permission>): void => {
    expect(objects.length).toBeGreaterThan(5)
    expect(objects).toContainEqual({
      PermissionReference: { Reference: permissionSets.reportBuilder, Type: 'PermissionSet' },
      DisplayName: 'Permission set: Report Builder',
      Description: 'Salesforce permission set',
      AccountReferences: [users.annBoss],
    })
  }
  await runSample<Permission>('importPermissions', check, connector)
})
