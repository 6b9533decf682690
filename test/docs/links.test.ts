import { existsSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { unzip } from '../../cli/package/unzip.ts'
import { connectors, packageFor } from '../cli/packages.ts'
import { root } from '../process.ts'
import { anchors, blocks, json, pages, prose, section, tables, text } from './markdown.ts'

/** What a text links to, pictures too; addresses of the web aside. */
function linksIn(markdown: string): string[] {
  return [...prose(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^https?:/.test(target))
}

const linksOf = (page: string): string[] => linksIn(text(page))

describe.each(pages)('%s', (page) => {
  test('links to files and headings that there are', () => {
    const broken = linksOf(page).filter((target) => {
      const [file = '', anchor] = target.split('#')
      const path = file === '' ? page : posix.join(dirname(page), file)
      if (!existsSync(join(root, path))) return true
      return anchor !== undefined && !anchors(text(path)).includes(anchor)
    })
    expect(broken).toEqual([])
  })

  test('has examples in JSON that are JSON', () => {
    for (const block of blocks(text(page), 'json')) expect(() => JSON.parse(block) as unknown).not.toThrow()
  })

  test('names commands of npm that there are', () => {
    const { scripts } = json<{ scripts: Record<string, string> }>('package.json')
    const named = [...text(page).matchAll(/\bnpm (run )?([a-z]+(?::[a-z]+)?)/g)].map(
      ([, , name = '']) => name,
    )
    // What npm itself does, and its word for what it runs.
    const others = ['install', 'link', 'pack', 'scripts']
    expect(named.filter((name) => !others.includes(name) && scripts[name] === undefined)).toEqual([])
  })
})

test('there are links, headings and examples to look at', () => {
  expect(pages.flatMap(linksOf).length).toBeGreaterThan(100)
  expect(pages.flatMap(linksOf).filter((target) => target.includes('#')).length).toBeGreaterThan(40)
  expect(pages.flatMap((page) => blocks(text(page), 'json')).length).toBeGreaterThan(1)
})

test('the layout names files and folders that there are', () => {
  const [layout = ''] = blocks(section(text('docs/layout.md'), '# Where things are'), 'text')
  let folder = ''
  const paths = layout.split('\n').flatMap((line) => {
    // What follows two blanks describes it.
    const names = line.trim().split(/ {2,}/)[0]?.split(' ') ?? []
    if (!line.startsWith(' ')) folder = names[0]?.endsWith('/') === true ? names[0] : ''
    return line.startsWith(' ') ? names.map((name) => folder + name) : names
  })
  expect(paths.length).toBeGreaterThan(25)
  expect(paths.filter((path) => !existsSync(join(root, ...path.split('/'))))).toEqual([])
})

test('what is in docs/ comes along where the README does', () => {
  const { files } = json<{ files: string[] }>('package.json')
  expect(files).toEqual(expect.arrayContaining(['docs/', 'CHANGELOG.md', 'CONTRIBUTING.md', '.env.example']))
})

test('the changelog has an Unreleased part, and the version of the package with a date', () => {
  const { version } = json<{ version: string }>('package.json')
  const headings = [...text('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)
  expect(headings[0]).toBe('[Unreleased]')
  expect(headings[1]).toMatch(new RegExp(`^\\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d{2}-\\d{2}$`))
})

test.each(connectors)(
  'the texts in the package of %s link to nothing that is not in it',
  async (connector) => {
    const { bytes, manifest } = await packageFor(connector)
    const files = new Map(unzip(bytes).map(({ name, data }) => [name, data.toString('utf8')]))
    const own = files.get('README.md') ?? ''
    for (const page of [own, files.get('CHANGELOG.md') ?? '']) {
      expect(linksIn(page).filter((target) => !files.has(target))).toEqual([])
    }
    const [slots = [], settings = []] = tables(own)
    expect(slots.map(([, action]) => action).sort()).toEqual(manifest.actions.toSorted())
    expect(settings.map(([key]) => key)).toEqual(manifest.settings.map(({ key }) => key))
  },
)
