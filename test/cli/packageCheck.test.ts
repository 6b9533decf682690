import { moduleImports } from '../../cli/package/moduleImports.ts'
import { checkPackage } from '../../cli/package/packageCheck.ts'
import { fileNames } from '../../cli/package/packageContents.ts'
import { slots } from '../../cli/package/slot.ts'
import { unzip } from '../../cli/package/unzip.ts'
import { loadsOf } from '../architecture.ts'
import { changedPackage, connectors, type Files, packageFor, readJsonFile, smallPackage } from './packages.ts'

const buffer = (text: string): Buffer => Buffer.from(text, 'utf8')

describe.each(connectors)('the package of %s', (connector) => {
  test('is whole, and has the version of the project', async () => {
    const { bytes, manifest } = await packageFor(connector)
    expect(checkPackage(bytes)).toEqual({ manifest, problems: [] })
    const { version, engines } = readJsonFile('package.json') as { version: string; engines: object }
    expect(manifest).toMatchObject({ name: connector, version, ...engines })
  })

  test('has the files of each slot, named like it, in the order of the slots', async () => {
    const { bytes, manifest } = await packageFor(connector)
    const names = unzip(bytes).map(({ name }) => name)
    const wanted = slots.filter(({ action }) => manifest.actions.includes(action))
    expect(wanted).toHaveLength(manifest.actions.length)
    expect(names.filter((name) => name.endsWith('.mjs') && name !== manifest.worker)).toEqual(
      wanted.map(({ path }) => `${path}.mjs`),
    )
    expect(names.filter((name) => name.endsWith('.ps1'))).toEqual([
      'shim.ps1',
      ...wanted.map(({ path }) => `${path}.ps1`),
    ])
  })

  test('has scripts in which the check finds what a parser finds', async () => {
    const { bytes, manifest } = await packageFor(connector)
    const files = new Map(unzip(bytes).map(({ name, data }) => [name, data.toString('utf8')]))
    for (const { script } of manifest.slots.slice(0, 1)) {
      const source = files.get(script) ?? ''
      expect(moduleImports(source).sort()).toEqual(loadsOf(script, source).sort())
    }
  })

  test('has a bill of materials that names what is in the scripts, with licence and text', async () => {
    const { bytes } = await packageFor(connector)
    const files = new Map(unzip(bytes).map(({ name, data }) => [name, data.toString('utf8')]))
    const sbom = JSON.parse(files.get(fileNames.sbom) ?? '') as {
      serialNumber: string
      components: { name: string; version: string; purl: string; evidence: { occurrences: object[] } }[]
    }
    expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 })
    expect(sbom.serialNumber).toMatch(
      /^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    )
    const { dependencies } = readJsonFile('package.json') as { dependencies: Record<string, string> }
    expect(sbom.components.map(({ name }) => name)).toContain('undici')
    for (const { name, version, purl, evidence } of sbom.components) {
      expect(purl).toBe(`pkg:npm/${name}@${version}`)
      expect(dependencies[name] ?? version).toBe(version)
      expect(evidence.occurrences.length).toBeGreaterThan(0)
      expect(files.get(fileNames.notices)).toContain(`${name} ${version} (`)
    }
    expect(files.get(fileNames.notices)).toContain('Permission is hereby granted, free of charge')
    expect(JSON.stringify(sbom)).not.toMatch(/timestamp|\d{4}-\d{2}-\d{2}T/)
  })
})

/** Changes the manifest of a package. */
const manifestWith = (change: (manifest: Record<string, unknown>) => void) => (files: Files) => {
  const manifest = JSON.parse(files.get('manifest.json')?.toString('utf8') ?? '') as Record<string, unknown>
  change(manifest)
  files.set('manifest.json', buffer(JSON.stringify(manifest)))
}
const appended = (code: string) => (files: Files) =>
  files.set('create.mjs', Buffer.concat([files.get('create.mjs') ?? buffer(''), buffer(`\n${code}\n`)]))

test.each<[string, (files: Files) => unknown, string]>([
  ['without a manifest', (files) => files.delete('manifest.json'), 'It has no manifest.json.'],
  [
    'whose manifest is not JSON',
    (files) => files.set('manifest.json', buffer('{')),
    'manifest.json is not JSON.',
  ],
  [
    'whose manifest lacks a member',
    manifestWith((manifest) => delete manifest['slots']),
    'manifest.json.slots is missing.',
  ],
  [
    'whose manifest has a member that is unknown',
    manifestWith((manifest) => (manifest['extra'] = 1)),
    'manifest.json must NOT have additional properties.',
  ],
  [
    'whose manifest points out of the package',
    manifestWith((manifest) => (manifest['configuration'] = '../configuration.json')),
    'manifest.json.configuration must match pattern',
  ],
  [
    'whose slots are not its actions',
    manifestWith((manifest) => (manifest['actions'] = ['create'])),
    'Its slots are not its actions.',
  ],
  ['without a script', (files) => files.delete('create.mjs'), 'It has no create.mjs.'],
  [
    'without a shim',
    (files) => files.delete('permissions/all/import.ps1'),
    'It has no permissions/all/import.ps1.',
  ],
  ['without notices', (files) => files.delete(fileNames.notices), `It has no ${fileNames.notices}.`],
  ['whose script imports a package', appended(`import 'undici'`), 'create.mjs loads undici,'],
  ['whose script imports a file', appended(`import { a } from "./a.mjs"`), 'create.mjs loads ./a.mjs,'],
  ['whose script hands a package on', appended(`export * from 'x'`), 'create.mjs loads x,'],
  ['whose script imports later', appended(`await import('left-pad')`), 'create.mjs loads left-pad,'],
  ['whose script requires', appended(`require("ajv")`), 'create.mjs loads ajv,'],
  ['whose script loads what it names nowhere', appended(`import(name)`), 'create.mjs loads name,'],
  [
    'whose form is none',
    (files) => files.set('configuration.json', buffer('{}')),
    'configuration.json is no form.',
  ],
  ['whose mapping is none', (files) => files.set('fieldMapping.json', buffer('[]')), 'is no field mapping.'],
  [
    'whose bill of materials is none',
    (files) => files.set(fileNames.sbom, buffer('{}')),
    'no bill of materials',
  ],
  [
    'whose icon is no picture',
    (files) => files.set('Icon.png', buffer('GIF89a')),
    'Icon.png is no PNG picture.',
  ],
])('a package %s is refused', async (_what, change, sentence) => {
  const { problems } = checkPackage(changedPackage(await smallPackage(), change))
  expect(problems.join('\n')).toContain(sentence)
  expect(problems).toHaveLength(1)
})

test.each<[string, (files: Files) => unknown, string]>([
  ['with a file that was changed', (files) => files.set('README.md', buffer('x')), 'README.md is not what'],
  ['with a file more', (files) => files.set('evil.ps1', buffer('x')), 'evil.ps1 is not in SHA256SUMS.'],
  [
    'with a file less',
    (files) => files.delete('worker.mjs'),
    'SHA256SUMS names worker.mjs, which is missing.',
  ],
  ['without sums', (files) => files.delete(fileNames.sums), 'It has no SHA256SUMS.'],
  [
    'whose sums are something else',
    (files) => files.set(fileNames.sums, buffer('x\n')),
    'a line that is no sum',
  ],
])('a package %s is refused, because its sums are as they were', async (_what, change, sentence) => {
  const { problems } = checkPackage(changedPackage(await smallPackage(), change, { sums: false }))
  expect(problems[0]).toContain(sentence)
})
