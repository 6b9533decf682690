import { openSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { answer } from '../runInProcess.ts'
import { signedIn, startOrg, startRogue } from './misbehavingServer.ts'
import { breaches, configuration, connectorNames, contextFor, environment, said, script } from './support.ts'

describe.each(connectorNames)('%s', (connector) => {
  test('sends nothing where certificates would not be verified', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    try {
      const url = 'https://acme.my.salesforce.test'
      const run = await answer('disable', contextFor('disable', url, {}, connector), connector)
      expect(breaches(run, 1)).toEqual([])
      expect(said(run)).toContain('The environment variable NODE_TLS_REJECT_UNAUTHORIZED is 0')
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    }
  })

  test('a refusal of NULs is a status without words', async () => {
    const server = await startRogue((request, response) => {
      if (!signedIn(request, response)) response.writeHead(400).end('\0'.repeat(4000))
    })
    const run = await answer('disable', contextFor('disable', server.url, {}, connector), connector)
    expect(breaches(run, 1)).toEqual([])
    expect(said(run)).toContain('Salesforce answered with status 400 and no explanation')
  })

  test('marks of direction and control characters are made visible, and a long text is cut', async () => {
    const message = `\u202egnp.exe\u0007 ${'x'.repeat(2_000_000)}`
    const server = await startRogue((request, response) => {
      if (signedIn(request, response)) return
      response.writeHead(400).end(JSON.stringify([{ errorCode: 'NEW_CODE', message }]))
    })
    const run = await answer('disable', contextFor('disable', server.url, {}, connector), connector)
    expect(breaches(run, 1)).toEqual([])
    expect(said(run)).toContain('\\u202egnp.exe\\u0007')
    expect(run.stdout.length).toBeLessThan(20_000)
    expect(run.stderr.length).toBeLessThan(60_000)
  })

  test('a text of nothing but control characters is cut as it is shown', async () => {
    const server = await startRogue((request, response) => {
      if (signedIn(request, response)) return
      response
        .writeHead(400)
        .end(JSON.stringify([{ errorCode: '\0'.repeat(3000), message: '\u0007'.repeat(4000) }]))
    })
    const run = await answer('disable', contextFor('disable', server.url, {}, connector), connector)
    expect(breaches(run, 1)).toEqual([])
    expect(said(run).length).toBeLessThan(17_000)
  })

  test('an answer that cannot be written is no success', async () => {
    const org = await startOrg()
    const context = contextFor('disable', org.url, { Configuration: configuration(org.url) }, connector)
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [script('disable', connector)], {
      env: environment(),
      stdio: ['pipe', full, 'pipe'],
    })
    let stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.stdin?.end(JSON.stringify(context))
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect(code).toBe(1)
    expect(stderr).toContain('The answer could not be written on stdout (ENOSPC)')
    expect(org.user(seedIds.users.annBoss)?.IsActive).toBe(false)
  })
})

test('a password and a security token are secrets each by itself, whatever the flow', async () => {
  const server = await startRogue((_request, response) => {
    response.writeHead(400).end('{"error":"invalid_grant","error_description":"no: pa55+word, tok3n/0815"}')
  })
  for (const AuthenticationFlow of ['password', 'client_credentials']) {
    const over = {
      AuthenticationFlow,
      UserName: 'u@acme.example',
      Password: 'pa55+word',
      SecurityToken: 'tok3n/0815',
    }
    const Configuration = configuration(server.url, over)
    const run = await answer('disable', contextFor('disable', server.url, { Configuration }))
    expect(breaches(run, 1, ['pa55+word', 'tok3n/0815'])).toEqual([])
    expect(said(run)).toContain('no: ***, ***')
  }
})
