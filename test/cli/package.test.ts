import { watch } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readBuild, sha256 } from '../../cli/package/packageBuild.ts'
import { unzip } from '../../cli/package/unzip.ts'
import { seedCredentials } from '../../simulator/seed/seedIds.ts'
import { startSimulator } from '../../simulator/server.ts'
import { parseManifest } from '../../cli/package/packageManifest.ts'
import { runProcess } from '../process.ts'
import { connectors, packageFor } from './packages.ts'
import { sample, tool, withFolder } from './tool.ts'

describe.each(connectors)('a host that is given the package of %s', (connector) => {
  test('unpacks it, reads the manifest and runs each slot, where nothing is installed', async () => {
    const { bytes } = await packageFor(connector)
    const org = await startSimulator()
    try {
      await withFolder({}, async (folder) => {
        for (const { name, data } of unzip(bytes)) {
          await mkdir(dirname(join(folder, name)), { recursive: true })
          await writeFile(join(folder, name), data)
        }
        const manifest = parseManifest(await readFile(join(folder, 'manifest.json'), 'utf8'))
        expect(manifest.slots.length).toBe(manifest.actions.length)
        const queue = [...manifest.slots]
        const runNext = async (): Promise<void> => {
          for (let slot = queue.shift(); slot !== undefined; slot = queue.shift()) {
            // Samples that a host would send for real do no more than others here.
            const context = (await sample(slot.action, org.url, connector)).replace(
              /"DryRun": *false/,
              '"DryRun": true',
            )
            const run = await runProcess(join(folder, ...slot.script.split('/')), context)
            expect({ slot, code: run.code, stderr: run.code === 0 ? '' : run.stderr }).toEqual({
              slot,
              code: 0,
              stderr: '',
            })
            const answers = run.stdout.trim().split('\n')
            expect(answers.every((line) => typeof JSON.parse(line) === 'object')).toBe(true)
            if (!slot.action.startsWith('import')) expect(run.output.Success).toBe(true)
            expect(run.stdout + run.stderr).not.toContain(seedCredentials.clientSecret)
          }
        }
        await Promise.all([runNext(), runNext()])
      })
      expect(org.requests.filter(({ method, path }) => method !== 'GET' && !path.includes('oauth2'))).toEqual(
        [],
      )
    } finally {
      await org.close()
    }
  })
})

describe('what is packaged', () => {
  test.each(connectors)(
    'of %s has what is to be deployed in the org, where there is something',
    async (connector) => {
      const { bytes } = await packageFor(connector)
      const names = unzip(bytes).map(({ name }) => name)
      const classes = ['HelloIdUsers', 'HelloIdUsersTest'].flatMap((name) => [
        `${name}.cls`,
        `${name}.cls-meta.xml`,
      ])
      expect(names.filter((name) => name.startsWith('apex/'))).toEqual(
        connector === 'salesforce-apex-rest' ? classes.map((name) => `apex/${name}`) : [],
      )
    },
  )

  const folderWith = async (
    files: Readonly<Record<string, string>>,
    use: (root: string) => Promise<void>,
  ): Promise<void> =>
    withFolder({}, async (root) => {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(root, name)), { recursive: true })
        await writeFile(join(root, name), text)
      }
      await use(root)
    })
  const record = JSON.stringify({
    scripts: { create: sha256('built') },
    sources: { 'shared/a.ts': sha256('source') },
    components: [],
  })
  const built = { 'dist/cli/x.build.json': record, 'dist/x/create.mjs': 'built' }

  test('is what was built of the sources as they are', async () => {
    await folderWith({ ...built, 'shared/a.ts': 'source' }, async (root) => {
      expect([...(await readBuild(root, 'x')).scripts.keys()]).toEqual(['create'])
    })
  })

  test('needs no sources where there are none, as in a package of npm', async () => {
    await folderWith(built, async (root) => {
      expect([...(await readBuild(root, 'x')).scripts.keys()]).toEqual(['create'])
    })
  })

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['that is not built', {}, 'x is not built: run npm run build.'],
    [
      'without a script',
      { 'dist/cli/x.build.json': record },
      'dist/x/create.mjs is missing: run npm run build.',
    ],
    [
      'with a script of another build',
      { ...built, 'dist/x/create.mjs': '' },
      'create.mjs is not what was built: run',
    ],
    ['whose sources are newer', { ...built, 'shared/a.ts': 'newer' }, 'dist/ is older than shared/a.ts: run'],
    ['whose sources are gone', { ...built, 'shared/b.ts': '' }, 'dist/ is older than shared/a.ts: run'],
  ])('is no connector %s', async (_what, files, sentence) => {
    await folderWith(files, async (root) => {
      await expect(readBuild(root, 'x')).rejects.toThrow(sentence)
    })
  })
})

describe('package', () => {
  test('makes the same bytes as often as it is asked, and replaces nothing unasked', async () => {
    await withFolder({}, async (cwd) => {
      const { bytes, manifest } = await packageFor()
      const file = `salesforce-scim-${manifest.version}.zip`
      const made = await tool(['package'], { cwd })
      expect([made.code, made.stderr]).toEqual([0, ''])
      expect(made.stdout).toMatch(/^written {2}.+\.zip$/m)
      expect((await readFile(join(cwd, file))).equals(bytes)).toBe(true)
      expect((await tool(['package', '--out', '.'], { cwd })).stdout).toMatch(/^unchanged {2}/m)

      await writeFile(join(cwd, file), 'mine')
      const refused = await tool(['package'], { cwd })
      expect(refused.code).toBe(2)
      expect(refused.stderr.replace(/\s+/g, ' ')).toContain('has other content. --force replaces it.')
      expect(await readFile(join(cwd, file), 'utf8')).toBe('mine')
      expect((await tool(['package', '--force'], { cwd })).code).toBe(0)
      expect((await readFile(join(cwd, file))).equals(bytes)).toBe(true)

      const checked = await tool(['package', '--check', file], { cwd })
      expect([checked.code, checked.stderr]).toEqual([0, ''])
      expect(checked.stdout).toMatch(/^The package is whole\.$/m)
      expect(await readdir(cwd)).toEqual([file])
    })
  })

  test('that is interrupted leaves the whole file or none', async () => {
    await withFolder({}, async (cwd) => {
      let stop = (): void => undefined
      const watcher = watch(cwd, () => {
        stop()
      })
      await tool(['package', '--out', 'a.zip'], {
        cwd,
        onStart: (child) => (stop = () => child.kill('SIGINT')),
      })
      watcher.close()
      const files = await readdir(cwd)
      expect(files.filter((name) => name !== 'a.zip')).toEqual([])
      const { bytes } = await packageFor()
      for (const name of files) expect((await readFile(join(cwd, name))).equals(bytes)).toBe(true)
    })
  })

  test.each<[string, string[], RegExp]>([
    ['a connector that is none', ['--connector', 'salesforce-scmi'], /is salesforce-scim meant\?/],
    ['a folder that is none', ['--out', 'none/a.zip'], /none.a\.zip does not exist/],
    ['a catalogue that is a file', ['--catalog', 'file'], /file is no folder/],
    ['a package to check that is none', ['--check', 'none.zip'], /none\.zip does not exist/],
    ['a folder to check', ['--check', '.'], /\. is a folder\./],
    ['a check and a file to make', ['--check', 'file', '--out', 'a.zip'], /do not go with it/],
  ])('with %s is refused in words, exit 2', async (_what, args, sentence) => {
    await withFolder({ file: 'x' }, async (cwd) => {
      const { code, stdout, stderr } = await tool(['package', ...args], { cwd })
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr.replace(/\s+/g, ' ')).toMatch(sentence)
      expect(await readdir(cwd)).toEqual(['file'])
    })
  })

  test('says what is wrong with a package, exit 1', async () => {
    await withFolder({ 'a.zip': 'x' }, async (cwd) => {
      const { code, stderr } = await tool(['package', '--check', 'a.zip'], { cwd })
      expect([code, stderr]).toEqual([1, 'It is not a zip, or something was put behind its end.\n'])
    })
  })
})
