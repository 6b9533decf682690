import fs from 'node:fs'
import { log, logWarnings } from '../../shared/log.ts'

let written: Buffer
/** What a write to stderr does next: a number of bytes that are taken, or an error; everything is taken after the last. */
let script: (number | string)[]
let streamed: { bytes: Buffer; done: () => void }[]

beforeEach(() => {
  written = Buffer.alloc(0)
  script = []
  streamed = []
  jest.spyOn(fs, 'writeSync').mockImplementation((_file, bytes, offset) => {
    const buffer = (bytes as unknown as Buffer).subarray(Number(offset ?? 0))
    const next = script.shift() ?? buffer.length
    if (typeof next === 'string') throw Object.assign(new Error(next), { code: next })
    written = Buffer.concat([written, buffer.subarray(0, next)])
    return Math.min(next, buffer.length)
  })
  jest.spyOn(process.stderr, 'write').mockImplementation(((bytes: Buffer, done: () => void) => {
    streamed.push({ bytes, done })
    return false
  }) as typeof process.stderr.write)
})

afterEach(() => jest.restoreAllMocks())

const drain = (): void => {
  for (const { bytes, done } of streamed.splice(0)) {
    written = Buffer.concat([written, bytes])
    done()
  }
}

const lines = (): { level: string; message: string }[] =>
  written
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { level: string; message: string })

test('a pipe that takes a few bytes at a time gets whole lines', () => {
  script = [1, 2, 3, 5, 8]
  log('information', 'one')
  log('error', 'two')
  expect(lines().map(({ message }) => message)).toEqual(['one', 'two'])
})

test('a pipe that is full gets the rest of a line first, and then the next', () => {
  script = [7, 'EAGAIN']
  log('information', 'one')
  log('warning', 'two')
  drain()
  log('error', 'three')
  expect(lines().map(({ message }) => message)).toEqual(['one', 'two', 'three'])
})

test('for a reader who never reads, lines are left out whole, and counted', () => {
  script = ['EAGAIN']
  for (let count = 0; count < 400; count++) log('information', 'x'.repeat(16_000))
  drain()
  drain()
  expect(lines().length).toBeLessThan(300)
  expect(lines().at(-1)?.message).toMatch(/^\d+ lines of this log were left out/)
})

test('a text of 2 MB is cut, and the line tells how long it was', () => {
  log('error', `begin ${'€'.repeat(2_000_000)}`, { faults: [{ message: 'y'.repeat(2_000_000) }] })
  expect(written.length).toBeLessThan(100_000)
  expect(lines()[0]?.message).toMatch(/^begin .*\(cut: 2000006 characters\)$/s)
  expect(JSON.stringify(lines()[0])).toMatch(/"faults":"\*\*\* \(cut: 20000\d\d characters\)"/)
})

test("Node's own warnings are lines like the others", () => {
  const listeners = process.listeners('warning')
  try {
    logWarnings()
    process.emit('warning', Object.assign(new Error('it is experimental'), { name: 'ExperimentalWarning' }))
    expect(lines()).toEqual([{ level: 'warning', message: 'ExperimentalWarning: it is experimental' }])
  } finally {
    process.removeAllListeners('warning')
    for (const listener of listeners) process.on('warning', listener)
  }
})

test('a stderr that is closed ends nothing', () => {
  script = ['EPIPE']
  expect(() => {
    log('error', 'nobody reads')
  }).not.toThrow()
})
