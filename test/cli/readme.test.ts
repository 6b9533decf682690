import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { configurationSchema } from '../../connectors/salesforce-scim/configuration.ts'
import { fields } from '../../connectors/salesforce-scim/accounts/fields.ts'
import { startSimulator } from '../../simulator/server.ts'
import { root, runScript } from '../process.ts'

const text = (file: string): string => readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n')
const json = (file: string): unknown => JSON.parse(text(file))
const readme = text('README.md')

/** The part under a heading, up to the next one of its level or above. */
function section(heading: string): string {
  const start = readme.indexOf(`\n${heading}\n`)
  if (start < 0) throw new Error(`README.md has no "${heading}"`)
  const level = heading.indexOf(' ')
  const rest = readme.slice(start + heading.length + 2)
  const end = rest.search(new RegExp(`^#{1,${level}} `, 'm'))
  return end < 0 ? rest : rest.slice(0, end)
}

/** Rows of the first table in a text, cells trimmed and without code marks, the heading left out. */
function table(markdown: string): string[][] {
  const lines = markdown.split('\n')
  const start = lines.findIndex((line) => line.startsWith('|'))
  const rows = lines.slice(start)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return rows.slice(2, end < 0 ? undefined : end).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}

function blocks(markdown: string, language: string): string[] {
  return [...markdown.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, content = '']) => content.trimEnd(),
  )
}

describe('what the README names is what there is', () => {
  test('settings, with the defaults of the form', () => {
    const form = json('configuration.json') as { key: string; defaultValue: unknown }[]
    const rows = table(section('## Settings'))
    expect(rows.map(([name]) => name).sort()).toEqual(Object.keys(configurationSchema.properties).sort())
    const defaults = new Map(form.map(({ key, defaultValue }) => [key, String(defaultValue)]))
    for (const [name = '', byDefault] of rows) {
      expect({ name, byDefault }).toEqual({ name, byDefault: defaults.get(name) })
    }
  })

  test('fields, with their names in Salesforce and their lengths', () => {
    const rows = table(section('## Fields')).map(([name, userField, length]) => [name, userField, length])
    const known = Object.entries(fields).map(([name, { userField, maxLength }]) => [
      name,
      userField ?? '',
      maxLength === undefined ? '' : String(maxLength),
    ])
    expect(rows).toEqual(known)
  })

  test('actions', () => {
    const { actions } = json('connectors/salesforce-scim/manifest.json') as { actions: string[] }
    expect(table(section('## What each action does')).map(([name]) => name)).toEqual(actions)
  })

  test('commands of npm', () => {
    const { scripts } = json('package.json') as { scripts: Record<string, string> }
    const named = [...readme.matchAll(/npm (?:run )?([a-z]+)/g)].map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((name) => name !== 'install' && scripts[name] === undefined)).toEqual([])
  })

  test('files and folders, in the layout and in links', () => {
    const [layout = ''] = blocks(section('## Where things are'), 'text')
    let folder = ''
    const paths = layout.split('\n').flatMap((line) => {
      // What follows two blanks describes it.
      const names = line.trim().split(/ {2,}/)[0]?.split(' ') ?? []
      if (!line.startsWith(' ')) folder = names[0]?.endsWith('/') === true ? names[0] : ''
      return line.startsWith(' ') ? names.map((name) => folder + name) : names
    })
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => path)
    expect(paths.length).toBeGreaterThan(20)
    expect(links.length).toBeGreaterThan(2)
    expect([...paths, ...links].filter((path) => !existsSync(join(root, ...path.split('/'))))).toEqual([])
  })

  test('headings that it links to', () => {
    const slugs = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    )
    const links = [...readme.matchAll(/\]\(#([^)]+)\)/g)].map(([, slug = '']) => slug)
    expect(links.length).toBeGreaterThan(0)
    expect(links.filter((slug) => !slugs.includes(slug))).toEqual([])
  })
})

// Its excerpt of the demo is held in demo.test.ts.
describe('what the README shows is what happens', () => {
  test('the scripts that it runs by hand, one after the other on one org', async () => {
    const part = section('## One script by hand')
    const commands = blocks(part, 'sh').flatMap((block) =>
      [...block.matchAll(/^node dist\/salesforce-scim\/(\w+)\.mjs < (\S+)$/gm)].map(
        ([, action = '', file = '']) => ({ action, file }),
      ),
    )
    expect(commands.length).toBeGreaterThan(2)
    const port = /port (\d+)/.exec(part)?.[1] ?? ''
    const simulator = await startSimulator()
    try {
      const outputs = []
      for (const { action, file } of commands) {
        const context = text(file)
        expect(context).toContain(`"http://127.0.0.1:${port}"`)
        const run = await runScript(action, context.replaceAll(`http://127.0.0.1:${port}`, simulator.url))
        expect({ file, code: run.code }).toEqual({ file, code: 0 })
        outputs.push(run.output)
      }
      const [answer = ''] = blocks(part, 'json')
      expect(outputs.at(-1)).toEqual(JSON.parse(answer))
    } finally {
      await simulator.close()
    }
  })
})

test('the changelog has an Unreleased part, and the version of the package with a date', () => {
  const { version } = json('package.json') as { version: string }
  const headings = [...text('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)
  expect(headings[0]).toBe('[Unreleased]')
  expect(headings[1]).toMatch(new RegExp(`^\\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d{2}-\\d{2}$`))
})
