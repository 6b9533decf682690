import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CatalogIndex,
  catalogProblems,
  compareVersions,
  readIndex,
  withPackage,
} from '../../cli/package/catalog.ts'
import { addToCatalog } from '../../cli/package/catalogWrite.ts'
import type { Package } from '../../cli/package/packageContents.ts'
import { UsageError } from '../../cli/lib/cliEnvironment.ts'
import { packageFor, smallPackage, withManifest } from './packages.ts'
import { tool, withFolder } from './tool.ts'

const empty: CatalogIndex = { schemaVersion: 1, packages: [] }
const plain = { force: false }
const version = async (number: string): Promise<Package> =>
  withManifest(await smallPackage(), { version: number })

describe('the index of a catalogue', () => {
  test('has every version of every connector, by name, the newest first', async () => {
    let index = empty
    for (const number of ['0.9.0', '0.10.0', '1.0.0'])
      index = withPackage(index, await version(number), plain)
    index = withPackage(index, withManifest(await smallPackage(), { name: 'another' }), plain)
    expect(index.packages.map(({ file }) => file)).toEqual([
      'another-0.1.0.zip',
      'salesforce-scim-1.0.0.zip',
      'salesforce-scim-0.10.0.zip',
      'salesforce-scim-0.9.0.zip',
    ])
  })

  test('takes the same package twice, and no other one of that version', async () => {
    const one = await version('1.0.0')
    const index = withPackage(empty, one, plain)
    expect(withPackage(index, one, plain)).toBe(index)
    const other = withManifest(one, { displayName: 'Another' })
    expect(() => withPackage(index, other, { force: true })).toThrow('A version never changes')
  })

  test('takes an older version only where that is meant', async () => {
    const index = withPackage(empty, await version('1.0.0'), plain)
    const older = await version('0.9.0')
    expect(() => withPackage(index, older, plain)).toThrow('1.0.0, which is newer than 0.9.0')
    expect(withPackage(index, older, { force: true }).packages).toHaveLength(2)
  })

  test('compares versions as numbers', () => {
    const versions = ['1.0.0', '0.10.0', '0.9.9', '0.9.10']
    expect(versions.sort(compareVersions)).toEqual(['0.9.9', '0.9.10', '0.10.0', '1.0.0'])
  })

  test.each<[string, string, string]>([
    ['that is not JSON', '{', 'is not JSON'],
    ['of another kind', '[]', 'must be an object'],
    ['of another version', '{"schemaVersion":2,"packages":[]}', 'index.json.schemaVersion must be 1'],
    [
      'that points elsewhere',
      JSON.stringify({ schemaVersion: 1, packages: [{ file: '../../x.zip' }] }),
      'index.json.packages.0.file must match pattern',
    ],
  ])('%s is refused', async (_what, text, sentence) => {
    await withFolder({ 'index.json': text }, async (folder) => {
      expect(() => readIndex(folder, true)).toThrow(sentence)
      await expect(addToCatalog(folder, await version('1.0.0'), plain)).rejects.toThrow(UsageError)
      expect(readdirSync(folder)).toEqual(['index.json'])
    })
  })

  test('that has a package twice is refused', async () => {
    const { packages } = withPackage(empty, await version('1.0.0'), plain)
    const text = JSON.stringify({ schemaVersion: 1, packages: [...packages, ...packages] })
    await withFolder({ 'index.json': text }, (folder) => {
      expect(() => readIndex(folder, true)).toThrow('salesforce-scim-1.0.0.zip twice')
      return Promise.resolve()
    })
  })
})

describe('a catalogue', () => {
  /** A catalogue with two versions, and what is wrong with it after a change. */
  async function problemsAfter(change: (folder: string) => void): Promise<string[]> {
    return withFolder({}, async (folder) => {
      for (const number of ['0.9.0', '1.0.0']) await addToCatalog(folder, await version(number), plain)
      change(folder)
      return catalogProblems(folder, readIndex(folder, false))
    })
  }
  const first = 'salesforce-scim-0.9.0.zip'
  const index = (folder: string, change: (text: string) => string): void => {
    const file = join(folder, 'index.json')
    writeFileSync(file, change(readFileSync(file, 'utf8')))
  }

  test.each<[string, (folder: string) => void, string[]]>([
    ['as it was made', () => undefined, []],
    ['without a package', (folder) => rmSync(join(folder, first)), [`${first} is missing.`]],
    [
      'with a package that was changed',
      (folder) => {
        const bytes = readFileSync(join(folder, first))
        bytes.writeUInt8(bytes.readUInt8(500) ^ 1, 500)
        writeFileSync(join(folder, first), bytes)
      },
      [`${first} is not what index.json says: its size or hash does not match.`],
    ],
    [
      'with a package that nobody added',
      (folder) => writeFileSync(join(folder, 'x.zip'), ''),
      ['x.zip is not in index.json.'],
    ],
    [
      'whose index says something else of a package',
      (folder) => index(folder, (text) => text.replace('"direction": "target"', '"direction": "source"')),
      ['salesforce-scim-1.0.0.zip: Its direction is not what index.json says.'],
    ],
    [
      'whose index has a package under another name',
      (folder) => index(folder, (text) => text.replace(`"${first}"`, '"salesforce-scim-1.0.0.zip"')),
      [
        `${first} is not in index.json.`,
        'salesforce-scim-1.0.0.zip has not the name of salesforce-scim-0.9.0.zip.',
      ],
    ],
  ])('%s is told so', async (_what, change, problems) => {
    expect(await problemsAfter(change)).toEqual(problems)
  })

  test('takes no package whose file there was changed', async () => {
    await withFolder({ 'salesforce-scim-1.0.0.zip': 'something else' }, async (folder) => {
      await expect(addToCatalog(folder, await version('1.0.0'), plain)).rejects.toThrow('is there already')
      expect(readdirSync(folder)).toEqual(['salesforce-scim-1.0.0.zip'])
    })
  })

  test('is changed by one run at a time', async () => {
    await withFolder({ 'index.json.lock': '' }, async (folder) => {
      const waiting = addToCatalog(folder, await version('1.0.0'), plain)
      expect(existsSync(join(folder, 'index.json'))).toBe(false)
      rmSync(join(folder, 'index.json.lock'))
      expect(await waiting).toBe('added')
      expect(readdirSync(folder).sort()).toEqual(['index.json', 'salesforce-scim-1.0.0.zip'])
    })
  })

  test('is made, listed and verified by the tool, also by two runs at once', async () => {
    await withFolder({}, async (folder) => {
      const add = (): ReturnType<typeof tool> => tool(['package', '--catalog', 'catalogue'], { cwd: folder })
      const runs = await Promise.all([add(), add()])
      expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(Array(2).fill([0, '']))
      const outcomes = runs.map(({ stdout }) => /^(added to|unchanged in) /m.exec(stdout)?.[1])
      expect(outcomes.sort()).toEqual(['added to', 'unchanged in'])
      const { manifest, bytes } = await packageFor()
      const file = `salesforce-scim-${manifest.version}.zip`
      expect(readdirSync(folder)).toEqual(['catalogue'])
      expect(readdirSync(join(folder, 'catalogue')).sort()).toEqual(['index.json', file])
      expect(readFileSync(join(folder, 'catalogue', file)).equals(bytes)).toBe(true)

      const [listed, json, verified] = await Promise.all(
        [['list'], ['list', '--json'], ['verify']].map(([command = '', ...flags]) =>
          tool(['catalog', command, 'catalogue', ...flags], { cwd: folder }),
        ),
      )
      expect(listed?.stdout).toMatch(/^salesforce-scim +\d+\.\d+\.\d+ +target +13 +>=\d/m)
      expect(JSON.parse(json?.stdout ?? '')).toEqual(readIndex(join(folder, 'catalogue'), false))
      expect([verified?.code, verified?.stdout]).toEqual([0, '1 package: all as the index says.\n'])

      writeFileSync(join(folder, 'catalogue', file), 'x')
      const broken = await tool(['catalog', 'verify', 'catalogue'], { cwd: folder })
      expect(broken.code).toBe(1)
      expect(broken.stderr).toContain(`${file} is not what index.json says`)
    })
  })

  test('that is none is refused in words, exit 2', async () => {
    await withFolder({}, async (cwd) => {
      const { code, stderr } = await tool(['catalog', 'list', 'none'], { cwd })
      expect([code, stderr.replace(/\s+/g, ' ')]).toEqual([
        2,
        expect.stringContaining('is no catalogue: it has no index.json.'),
      ])
    })
  })
})
