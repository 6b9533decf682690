import fc from 'fast-check'
import { actions } from '../../shared/host/actions.ts'
import { linesOf } from '../../shared/host/lines.ts'
import { readLine } from '../../shared/host/workerLine.ts'

async function* chunks(...texts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text))
}

async function read(limit: number, ...texts: (string | Uint8Array)[]): Promise<(string | undefined)[]> {
  const lines: (string | undefined)[] = []
  for await (const line of linesOf(chunks(...texts), limit)) lines.push(line?.toString('utf8'))
  return lines
}

test('lines are found wherever the stream is cut, in the middle of a character too', async () => {
  const text = fc.array(fc.string({ unit: 'grapheme' }).filter((line) => !line.includes('\n')))
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (lines, size) => {
      const bytes = Buffer.from(lines.map((line) => line + '\n').join(''))
      const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      )
      expect(await read(1000, ...parts)).toEqual(lines)
    }),
  )
})

test('what follows the last newline is a line, unless it is nothing', async () => {
  expect(await read(10, 'a\nb')).toEqual(['a', 'b'])
  expect(await read(10, 'a\n', '')).toEqual(['a'])
  expect(await read(10)).toEqual([])
})

test('a line that is too long is left out, and the next one is not', async () => {
  expect(await read(4, 'abcd\nabc', 'de', 'fgh\nx\n')).toEqual(['abcd', undefined, 'x'])
  expect(await read(4, 'abcde')).toEqual([undefined])
})

describe('a line of a worker', () => {
  const own = { create: () => Promise.reject(new Error('not run')) }
  const parse = (text: string | Buffer | undefined) =>
    readLine(typeof text === 'string' ? Buffer.from(text) : text, own)
  const Context = { DryRun: true }

  test('is an Id, an Action and a Context, in any spelling of the names', () => {
    for (const members of [
      { Id: 7, Action: 'create', Context },
      { id: 7, action: 'create', context: { ActionContext: Context } },
    ]) {
      expect(parse(JSON.stringify(members))).toMatchObject({
        Id: 7,
        name: 'create',
        input: { actionContext: { DryRun: true } },
      })
    }
    expect(parse('\uFEFF{"Id":"a","Action":"create","Context":{"DryRun":false}}\r')).toMatchObject({
      Id: 'a',
    })
  })

  test('that is empty asks for nothing', () => {
    expect(parse('')).toBeUndefined()
    expect(parse(' \r')).toBeUndefined()
  })

  test.each([
    ['{"Id":1', null, undefined, /^it is not JSON: /],
    ['[1]', null, undefined, /^it is not a JSON object: /],
    ['7', null, undefined, /^it is not a JSON object: /],
    [Buffer.from([0x7b, 0xff, 0x7d]), null, undefined, /^it is not UTF-8, nor UTF-16 with /],
    [undefined, null, undefined, /^it is larger than 64 MB: /],
    ['{}', null, undefined, /^its Id is not a text or a number: /],
    ['{"Id":{},"Action":"create"}', null, undefined, /^its Id is not a text or a number: /],
    ['{"Id":1}', 1, undefined, /^its Action is not a text: /],
    ['{"Id":1,"Action":"creat"}', 1, undefined, /^its Action \[creat\] does not exist: is create meant\?$/],
    [
      '{"Id":1,"Action":"toString"}',
      1,
      undefined,
      /^its Action \[toString\] does not exist: expected one of create\.$/,
    ],
    ['{"Id":"x","Action":"create"}', 'x', 'create', /^Context holds nothing: /],
    ['{"Id":"x","Action":"create","Context":[]}', 'x', 'create', /^Context holds an array: /],
    ['{"Id":"x","Action":"create","Context":{}}', 'x', 'create', /DryRun is missing/],
  ])('%p is a bad one', (text, Id, name, message) => {
    const line = parse(text)
    if (line === undefined || !('error' in line)) throw new Error('a good line')
    expect({ Id: line.Id, name: line.name }).toEqual({ Id, name })
    expect(line.error.message).toMatch(message)
  })

  test('that asks for an action with many lines is told which script to run', () => {
    const others = Object.keys(actions).filter((name) => name !== 'create')
    expect(others.length).toBeGreaterThan(5)
    for (const name of others) {
      const line = parse(JSON.stringify({ Id: 1, Action: name, Context }))
      expect(line).toMatchObject({
        Id: 1,
        error: { message: expect.stringContaining(`run ${name}.mjs`) as string },
      })
    }
  })
})
