import { environmentName } from '../../cli/lib/environment.ts'
import { configurationSchema as scimSettings } from '../../connectors/salesforce-scim/configuration.ts'
import { fields as scimFields } from '../../connectors/salesforce-scim/accounts/fields.ts'
import { configurationSchema as restSettings } from '../../connectors/salesforce-apex-rest/configuration.ts'
import { apiName, fields as restFields } from '../../connectors/salesforce-apex-rest/accounts/fields.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import { catalogue } from '../../shared/salesforce/errors/catalogue.ts'
import { permissionTypes } from '../../shared/lifecycle/permissions/access/permission.ts'
import { remedies } from '../../doctor/remedies.ts'
import { signInFindings } from '../../shared/salesforce/errors/catalogueSignIn.ts'
import { anchors, json, pages, prose, section, table, text } from './markdown.ts'

interface Manifest {
  readonly actions: readonly string[]
  readonly permissionTypes: readonly string[]
}
interface FormEntry {
  readonly key: string
  readonly defaultValue: unknown
  readonly templateOptions: { readonly description: string }
}

const scim = json<Manifest>('connectors/salesforce-scim/manifest.json')
const rest = json<Manifest>('connectors/salesforce-apex-rest/manifest.json')
const forms = {
  SCIM: json<FormEntry[]>('configuration.json'),
  REST: json<FormEntry[]>('connectors/salesforce-apex-rest/configuration.json'),
}
const settingNames = {
  SCIM: Object.keys(scimSettings.properties),
  REST: Object.keys(restSettings.properties),
}
const readme = text('README.md')
const dutch = text('docs/nl/README.md')

/** Names of the first column, of cells that hold several with commas between them. */
const firstOf = (rows: readonly string[][]): string[] => rows.flatMap(([cell = '']) => cell.split(', '))

describe('settings', () => {
  const rows = table(section(text('docs/settings.md'), '# Settings'))

  test.each(['SCIM', 'REST'] as const)('of the %s connector are all in the table, and no others', (name) => {
    const named = rows.filter(([, connector]) => connector === 'both' || connector === name)
    expect(named.map(([setting]) => setting).sort()).toEqual(settingNames[name].toSorted())
    const known = ['SCIM', 'REST', 'both']
    expect(rows.filter(([, connector = '']) => !known.includes(connector))).toEqual([])
  })

  test('have the defaults of the forms', () => {
    for (const [name = '', connector, byDefault] of rows) {
      const entries = Object.values(forms).flatMap((form) => form.filter(({ key }) => key === name))
      expect(entries).toHaveLength(connector === 'both' ? 2 : 1)
      for (const { defaultValue } of entries) {
        expect({ name, byDefault }).toEqual({ name, byDefault: String(defaultValue) })
      }
    }
  })

  test('that stand in for a field name it as their connector does', () => {
    for (const [name, known] of [['SCIM', scimFields] as const, ['REST', restFields] as const]) {
      const texts = forms[name].map(({ templateOptions }) => templateOptions.description).join('\n')
      const named = [...texts.matchAll(/field mapping gives no (\w+)/g)].map(([, field = '']) => field)
      expect(named).toHaveLength(4)
      expect(named.filter((field) => !(field in known))).toEqual([])
    }
  })

  test('that the README and the Dutch page say to be one connector’s alone are', () => {
    const only = (name: 'SCIM' | 'REST'): string[] =>
      rows.filter(([, connector]) => connector === name).map(([setting = '']) => setting)
    const sentence = /The two forms differ[^]*?\n\n/.exec(readme)?.[0] ?? ''
    const inDutch = /Van de connector `salesforce-apex-rest`[^]*?\n\n/.exec(dutch)?.[0] ?? ''
    for (const said of [sentence, inDutch]) {
      const named = [...said.matchAll(/`([A-Z]\w+)`/g)].map(([, name]) => name)
      expect(named.sort()).toEqual([...only('SCIM'), ...only('REST')].sort())
    }
    const options = table(section(readme, '## Options of the REST connector'))
    expect(firstOf(options).sort()).toEqual(only('REST').sort())
  })
})

describe('fields', () => {
  const page = text('docs/fields.md')

  test('of the SCIM connector, with their names in Salesforce and their lengths', () => {
    const rows = table(section(page, '## The SCIM connector'))
    const known = Object.entries(scimFields).map(([name, { userField, maxLength }]) => [
      name,
      userField ?? '',
      maxLength === undefined ? '' : String(maxLength),
    ])
    expect(rows.map((row) => row.slice(0, 3))).toEqual(known)
  })

  test('of the REST connector that are known before the org is asked, with their lengths', () => {
    const rows = table(section(page, '## The REST connector'))
    const known = Object.entries(restFields).map(([name, { maxLength }]) => [
      name,
      maxLength === undefined ? '' : String(maxLength),
    ])
    expect(rows.map((row) => row.slice(0, 2))).toEqual(known)
  })

  test('older names still mean what the page says', () => {
    expect(page).toContain('`UserProfile` and `UserRole` are the older connector')
    expect(['UserProfile', 'UserRole', 'Firstname'].map(apiName)).toEqual([
      'ProfileId',
      'UserRoleId',
      'FirstName',
    ])
  })
})

test('the connectors have the same actions and permission types, and each table has them in their order', () => {
  const { actions, permissionTypes: types } = scim
  expect([rest.actions, rest.permissionTypes]).toEqual([actions, types])
  expect(firstOf(table(section(readme, '## What each action does')))).toEqual(actions)
  expect(firstOf(table(section(dutch, '## Wat elke actie doet')))).toEqual(actions)
  const permissions = text('docs/permissions.md')
  for (const part of [
    section(permissions, '## Types'),
    section(permissions, '## Routes'),
    section(permissions, '## What granting does, its limits, and what revoking means'),
    section(dutch, '## Rechten'),
  ]) {
    expect(firstOf(table(part))).toEqual(types)
  }
  const prefixes = table(section(permissions, '## Types')).map(([, , reference = '']) => reference)
  const known = Object.values(permissionTypes).map(({ prefix }) => prefix)
  expect(prefixes.map((reference) => /^id, (\w{3})…$/.exec(reference)?.[1])).toEqual(known)
})

/** Every one of them: the type says so. */
const errorCodes = Object.keys({
  INVALID_CONTEXT: true,
  INVALID_INPUT: true,
  MISCONFIGURED: true,
  UNAUTHENTICATED: true,
  FORBIDDEN: true,
  NOT_FOUND: true,
  NOT_UNIQUE: true,
  REJECTED: true,
  RATE_LIMITED: true,
  UNAVAILABLE: true,
  UNEXPECTED: true,
} satisfies Record<ErrorCode, true>)

test('the codes of the connectors are all in the table', () => {
  const rows = table(section(text('docs/troubleshooting.md'), '## Codes of the connectors'))
  expect(firstOf(rows)).toEqual(errorCodes)
})

/** What is written as code and is none of ours: members of the contract with the host, Salesforce's own names, examples. */
const elsewhere =
  `AccountCorrelated AccountFieldValue AccountReference AccountReferences Action AdminPassword AdminUserName AM AuditLogs
  AutomatedProcess CloudIntegrationUser Context Cost_Code__c Data Description DisplayName DryRun Enabled Firstname Guest
  HTTPS_PROXY HelloID_AM ImportFields IsFrozen Iteration NODE_EXTRA_CA_CERTS NO_COLOR NO_PROXY NonUniqueFields Output
  PermissionReference PermissionSetGroupId PersonFieldValue Persons PreviousData Reference SAL SHA256SUMS SVC Sales_Ops
  ServiceProviderConfigs SubPermissions Success UserLicense UserPermissionAccess UserProfile UserRole acme__Badge__c actionContext apiUsage integrationUser en_US nl_NL`.split(
    /\s+/,
  )

test('every name in the text is that of a setting, a field, an action, a permission type or an error', () => {
  const known = new Set([
    ...Object.values(settingNames).flat(),
    ...Object.values(settingNames).flat().map(environmentName),
    ...Object.keys({ ...scimFields, ...restFields }),
    ...scim.actions,
    ...scim.permissionTypes,
    ...errorCodes,
    ...catalogue.keys(),
    ...Object.keys(remedies),
    ...signInFindings,
    ...elsewhere,
  ])
  const used = pages
    .filter((page) => page === 'README.md' || page.startsWith('docs/'))
    .flatMap((page) =>
      [...prose(text(page)).matchAll(/`(\w*[A-Z]\w*)`/g)].map(([, name = '']) => ({ page, name })),
    )
  expect(used.length).toBeGreaterThan(300)
  expect(used.filter(({ name }) => !known.has(name))).toEqual([])
  const names = new Set(used.map(({ name }) => name))
  expect(elsewhere.filter((name) => !names.has(name))).toEqual([])
})

test('the contents of the README lead to each of its parts and to every page', () => {
  const contents = section(readme, '## Contents')
  const linked = [...contents.matchAll(/\]\(#?([^)]+)\)/g)].map(([, target = '']) => target)
  const parts = anchors(prose(readme).replace(/^###.*$/gm, '')).slice(1)
  expect(parts.length).toBeGreaterThan(8)
  expect(parts.filter((part) => !linked.includes(part))).toEqual(['two-commands', 'contents'])
  const english = pages.filter((page) => /^docs\/\w+\.md$/.test(page))
  expect(english.filter((page) => !linked.includes(page))).toEqual([])
})
