import { main } from '../../simulator/main.ts'
import { seedCredentials } from '../../simulator/seed/seedIds.ts'

let printed: string[]
beforeEach(() => {
  printed = []
  const print = (text: string): void => {
    printed.push(text)
  }
  jest.spyOn(console, 'log').mockImplementation(print)
  jest.spyOn(console, 'error').mockImplementation(print)
})
afterEach(() => {
  jest.restoreAllMocks()
  process.exitCode = undefined
})

test('the program says how to sign in and prints a line for each request', async () => {
  const simulator = await main(['--port', '0', '--users', '3', '--dialect', 'pilot'])
  if (simulator === undefined) throw new Error(printed.join('\n'))
  try {
    for (const value of Object.values(seedCredentials)) expect(printed[0]).toContain(value)
    expect(printed[0]).toContain(simulator.url)
    expect(simulator.user('user000003@acme.example')).toBeDefined()
    await fetch(`${simulator.url}/services/scim/v2/Users`)
    expect(printed[1]).toMatch(/^GET \/services\/scim\/v2\/Users 401 [\d.]+ ms$/)
    await fetch(`${simulator.url}/a%1b%5b2J%0d%0aPOST%e2%80%ae/x?q=%1b%5b2J`)
    expect(printed[2]).toMatch(
      /^GET \/a\\u\{1b\}\[2J\\u\{d\}\\u\{a\}POST\\u\{202e\}\/x\?q=%1b%5b2J \d+ [\d.]+ ms$/,
    )
  } finally {
    process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM')
    await simulator.close()
  }
})

test.each([
  [['--port', 'x'], '--port takes a whole number, not "x"'],
  [['--dialect', 'x'], '--dialect takes documented, pilot or switch=value, not "x"'],
  [['--colour'], "Unknown option '--colour'"],
])('the options %j are refused in words with exit code 2', async (args, words) => {
  expect(await main(args)).toBeUndefined()
  expect(printed[0]).toContain(words)
  expect(printed[0]).toContain('Usage: simulate')
  expect(process.exitCode).toBe(2)
})

test('a port that is taken is told', async () => {
  const first = await main(['--port', '0'])
  if (first === undefined) throw new Error(printed.join('\n'))
  try {
    expect(await main(['--port', new URL(first.url).port])).toBeUndefined()
    expect(printed.at(-1)).toMatch(/^The org could not start: port \d+ is taken: /)
    expect(process.exitCode).toBe(1)
  } finally {
    process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM')
    await first.close()
  }
})
