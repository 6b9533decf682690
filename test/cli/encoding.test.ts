import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createProgram } from '../../cli/main.ts'
import type { Terminal } from '../../cli/lib/terminal.ts'
import { UsageError } from '../../cli/lib/cliEnvironment.ts'
import { root } from '../process.ts'
import { tool, withFolder } from './tool.ts'

const silent: Terminal = { width: 500, hasColour: false, write: () => undefined }
const of = (cwd: string) => createProgram({ root, cwd, env: {}, out: silent, err: silent })

/** Text as another system may have saved it. */
const encodings = {
  'UTF-8 with a byte order mark': (text: string) => Buffer.from(`\uFEFF${text}`),
  'UTF-16 as Windows PowerShell writes it': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'UTF-16, the high byte first': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  'CRLF line ends': (text: string) => Buffer.from(text.replaceAll('\n', '\r\n')),
}
const windows1252 = (text: string): Buffer => Buffer.from(text, 'latin1')

const files = {
  'person.json': () => readFile(join(root, 'samples', 'persons', 'joiner.json'), 'utf8'),
  'mapping.json': async () => {
    const text = await readFile(join(root, 'fieldMapping.json'), 'utf8')
    return text.replace('"Value": "\\"en_US\\""', '"Value": "\\"Zoë\\""')
  },
  'settings.json': () => Promise.resolve('{\n"DefaultProfile": "Één profiel"\n}'),
  '.env': () => Promise.resolve('# Zoë\nSALESFORCE_USER_NAME="zoë@acme.example"\n'),
  'index.json': () => Promise.resolve('{"schemaVersion":1,"packages":[]}'),
  'context.json': () => Promise.resolve('{ "Data": { "title": "Zoë" }, "Configuration": {} }'),
}

/** Every entrance of the tool: a command, and the file that it reads by it. */
const entrances: readonly [line: string, file: keyof typeof files][] = [
  ['run create --context context.json', 'context.json'],
  ['run create --context context.json', '.env'],
  ['map --person person.json --action create', 'person.json'],
  ['map --person person.json --action create --mapping mapping.json', 'mapping.json'],
  ['map --person person.json --action create --config settings.json', 'settings.json'],
  ['map --person person.json --action create', '.env'],
  ['doctor --context context.json', 'context.json'],
  ['doctor --mapping mapping.json', 'mapping.json'],
  ['doctor', '.env'],
  ['import --context context.json --out x', 'context.json'],
  ['import --out x', '.env'],
  ['report --persons person.json', 'person.json'],
  ['report --persons person.json --mapping mapping.json', 'mapping.json'],
  ['report --persons person.json --context context.json', 'context.json'],
  ['report --persons person.json', '.env'],
  ['catalog list .', 'index.json'],
]

async function withFiles<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const texts = await Promise.all(
    Object.entries(files).map(async ([name, text]) => [name, await text()] as const),
  )
  return withFolder(Object.fromEntries(texts), use)
}

test.each(entrances)(
  '%s refuses a %s in another encoding, by its name, and starts nothing',
  async (line, file) => {
    await withFiles(async (cwd) => {
      const text = (await files[file]()).replace('{', '{ "ë": 1,')
      await writeFile(join(cwd, file), windows1252(text))
      const run = of(cwd).parseAsync(line.split(' '), { from: 'user' })
      await expect(run).rejects.toThrow(UsageError)
      await expect(run).rejects.toThrow(
        new RegExp(`${file.replace('.', '\\.')} is not UTF-8 \\(line \\d+ is not\\)\\. Save it as UTF-8, `),
      )
    })
  },
)

test.each(Object.entries(encodings))('map reads each of its files in %s', async (_name, encode) => {
  const map = 'map --person person.json --action create --mapping mapping.json --config settings.json'
  const printed = async (cwd: string): Promise<string> => {
    const lines: string[] = []
    const write = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => lines.push(String(text)) > 0)
    const before = process.exitCode
    try {
      await of(cwd).parseAsync(map.split(' '), { from: 'user' })
    } finally {
      write.mockRestore()
      process.exitCode = before
    }
    return lines.join('')
  }
  await withFiles(async (cwd) => {
    const plain = await printed(cwd)
    for (const word of ['Zoë', 'Één profiel', 'zoë@acme.example']) expect(plain).toContain(word)
    for (const name of ['person.json', 'mapping.json', 'settings.json', '.env'])
      await writeFile(join(cwd, name), encode(await readFile(join(cwd, name), 'utf8')))
    expect(await printed(cwd)).toBe(plain)
  })
})

test('stdin is read and refused as files are', async () => {
  const context = '{ "Data": { "title": "Zoë" }, "Configuration": { "BaseUrl": "http://127.0.0.1:1" } }'
  await withFolder({}, async (cwd) => {
    const refused = await tool(['run', 'create'], { cwd, stdin: windows1252(context) })
    expect([refused.code, refused.stdout]).toEqual([2, ''])
    expect(refused.stderr).toContain('stdin is not UTF-8 (line 1 is not). Save it as UTF-8,')
    const bytes = encodings['UTF-16 as Windows PowerShell writes it'](context)
    const read = await tool(['run', 'create'], { cwd, stdin: bytes })
    expect(read.stdout).toContain('Configuration.ClientID is missing')
  })
})

test('an import is not resumed behind a file that another program has written anew', async () => {
  await withFolder({}, async (cwd) => {
    await writeFile(join(cwd, 'accounts.ndjson.part'), windows1252('{"AccountReference":"ë"}\n'))
    const run = of(cwd).parseAsync(['import', '--out', 'accounts.ndjson', '--resume'], { from: 'user' })
    await expect(run).rejects.toThrow(/accounts\.ndjson\.part is not UTF-8: another program has changed it/)
  })
})
