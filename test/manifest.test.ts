import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { configurationSchema } from '../connectors/salesforce-scim/configuration.ts'
import { fields, isCustom } from '../connectors/salesforce-scim/accounts/fields.ts'
import { actions } from '../shared/host/actions.ts'
import { permissionTypeNames } from '../shared/lifecycle/permissions/access/permission.ts'
import { root } from './process.ts'

interface Manifest {
  name: string
  direction: string
  version: string
  node: string
  actions: string[]
  permissionTypes: string[]
  configuration: string
  fieldMapping: string
}
interface Setting {
  key: string
  templateOptions: { type?: string }
}

const folder = join(root, 'connectors', 'salesforce-scim')
const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(...path), 'utf8')) as T
const manifest = read<Manifest>(folder, 'manifest.json')
const form = read<Setting[]>(folder, manifest.configuration)
const mapping = read<{ MappingFields: { Name: string }[] }>(folder, manifest.fieldMapping)

test('the manifest names the connector, and has the version and the Node version of the package', () => {
  const { version, engines } = read<{ version: string; engines: { node: string } }>(root, 'package.json')
  expect(manifest).toMatchObject({
    name: 'salesforce-scim',
    direction: 'target',
    version,
    node: engines.node,
  })
})

test('the actions of the manifest are the files that define one', () => {
  const defining = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .filter((name) =>
      /^export const (action: Action|importStream: ImportStream) =/m.test(
        readFileSync(join(folder, name), 'utf8'),
      ),
    )
    .map((name) => name.replace(/\.ts$/, ''))
  expect([...manifest.actions].sort()).toEqual(defining.sort())
})

test('the actions of the manifest are those whose meaning for the host is written down', () => {
  expect([...manifest.actions].sort()).toEqual(Object.keys(actions).sort())
})

test('the permission types of the manifest are those that can be granted', () => {
  expect(manifest.permissionTypes).toEqual(permissionTypeNames)
})

test('every file that the manifest points to exists', () => {
  for (const path of [manifest.configuration, manifest.fieldMapping]) {
    expect(existsSync(join(folder, path))).toBe(true)
  }
})

test('the settings of the form are the settings that the code reads', () => {
  expect(form.map(({ key }) => key).sort()).toEqual(Object.keys(configurationSchema.properties).sort())
})

test('secrets are typed into the form unseen, and nothing else is', () => {
  const unseen = form.filter(({ templateOptions }) => templateOptions.type === 'password')
  const secrets = ['ClientSecret', 'Password', 'SecurityToken', 'PrivateKey', 'PrivateKeyPassphrase']
  expect(unseen.map(({ key }) => key)).toEqual(secrets)
})

test('every mapped field is one that the connector knows', () => {
  const names = mapping.MappingFields.map(({ Name }) => Name)
  expect(names.length).toBeGreaterThan(10)
  expect(names.filter((name) => !Object.hasOwn(fields, name) && !isCustom(name))).toEqual([])
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
})
