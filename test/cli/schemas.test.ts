import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import { withPackage } from '../../cli/package/catalog.ts'
import { root } from '../process.ts'
import { connectors, packageFor, readJsonFile } from './packages.ts'

const load = (file: string): object => readJsonFile('schemas', file) as object

test.each([
  ['manifest.schema.json', 'packageManifest'],
  ['catalog.schema.json', 'catalogIndex'],
])('%s is the text that validates', (file, validator) => {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, code: { source: true, lines: true } })
  const code = standalone.default(ajv, ajv.compile(load(file)))
  expect(readFileSync(join(root, 'generated', `${validator}.cjs`), 'utf8')).toBe(code)
})

test.each(connectors)(
  'the manifest and the index of %s are what the published schemas say',
  async (connector) => {
    const one = await packageFor(connector)
    const validate = (file: string, value: unknown): unknown => {
      const ajv = new Ajv({ allErrors: true })
      ajv.validate(load(file), JSON.parse(JSON.stringify(value)))
      return ajv.errors ?? []
    }
    expect(validate('manifest.schema.json', one.manifest)).toEqual([])
    const index = withPackage({ schemaVersion: 1, packages: [] }, one, { force: false })
    expect(validate('catalog.schema.json', index)).toEqual([])
  },
)
