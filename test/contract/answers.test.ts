import { createServer } from 'node:net'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { answer } from '../runInProcess.ts'
import type { Run } from '../process.ts'
import { deserted, signedIn, startOrg, startRogue, untilTheEnd } from './misbehavingServer.ts'
import {
  actionNames,
  breaches,
  contextFor,
  launch,
  oneOfEach,
  said,
  scimActions,
  together,
} from './support.ts'

const rogueToken = 'rogue.token'

const restConnector = 'salesforce-apex-rest'
const byRest: Perform = (action, context) => answer(action, context, restConnector)

type Perform = (action: string, context: unknown) => Promise<Run>

/** Runs these actions against this address: each must fail in good order, with these words. */
async function failing(
  url: string,
  words: RegExp,
  names: readonly string[] = scimActions,
  perform: Perform = answer,
  connector?: string,
): Promise<void> {
  const runs = await together(
    names,
    (action) => perform(action, contextFor(action, url, {}, connector)),
    names.length,
  )
  runs.forEach((run, index) => {
    const action = names[index]
    expect([action, ...breaches(run, 1, [rogueToken])]).toEqual([action])
    expect(said(run)).toMatch(words)
  })
}

const html =
  '<!DOCTYPE html><html><head><title>We are down for maintenance</title></head><body></body></html>'

test('nobody listens', async () => {
  const words = /127\.0\.0\.1:\d+ refused the connection/
  await failing(await deserted(), words, actionNames)
  await failing(await deserted(), words, oneOfEach, launch)
})

test('a server that breaks every connection off', async () => {
  const server = await startRogue((request) => request.socket.destroy())
  await failing(server.url, /127\.0\.0\.1:\d+ broke the connection off/, oneOfEach, launch)
  expect(new Set(server.asked)).toEqual(new Set(['POST /services/oauth2/token']))
})

test('a server that speaks another protocol', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.resume().end('SSH-2.0-OpenSSH_9.6\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  untilTheEnd({ close: () => new Promise((resolve) => server.close(() => resolve())) })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await failing(
    `http://127.0.0.1:${port}`,
    /127\.0\.0\.1:\d+ does not answer in HTTP: is the address right\?/,
  )
})

describe('a token endpoint that answers with', () => {
  const bodies: readonly [string, number, string, RegExp][] = [
    [
      'a page for people',
      200,
      html,
      /answered with status 200 and no token: is it the address of a Salesforce org \(Configuration\.BaseUrl, AuthenticationUri\)\?/,
    ],
    ['a page that is not found', 404, html, /answered with status 404 and no token/],
    ['nothing', 200, '', /answered with status 200 and no token/],
    ['null', 200, 'null', /no token/],
    ['an array', 200, '[]', /no token/],
    ['JSON that was cut off', 200, '{"access_token":"00D5g00', /no token/],
    ['an empty token', 200, '{"access_token":""}', /no token/],
    ['a token that is none', 200, '{"access_token":7}', /no token/],
    [
      'a token and an error',
      400,
      '{"access_token":"rogue.token","error":"invalid_grant"}',
      /Cannot sign in: .*invalid_grant/,
    ],
    ['an error that is none', 500, '{"error":{"a":1}}', /answered with status 500/],
  ]
  test.each(bodies)('%s', async (_name, status, body, words) => {
    const server = await startRogue((_request, response) => response.writeHead(status).end(body))
    await failing(server.url, words)
    // Once for each action: an answer that makes no sense is not asked for again.
    expect(server.asked).toEqual(scimActions.map(() => 'POST /services/oauth2/token'))
  })

  test('a redirect, which is not followed: credentials go where the settings say and nowhere else', async () => {
    const elsewhere = await startRogue((_request, response) => response.end('{}'))
    for (const status of [301, 302, 307, 308]) {
      const server = await startRogue((_request, response) =>
        response.writeHead(status, { location: `${elsewhere.url}/services/oauth2/token` }).end(),
      )
      const run = await answer('update', contextFor('update', server.url))
      expect(breaches(run, 1)).toEqual([])
      expect(said(run)).toContain(
        `answered with status ${status} and no token, and sends on to ${new URL(elsewhere.url).host}: set Configuration.BaseUrl`,
      )
      expect(server.asked).toHaveLength(1)
    }
    expect(elsewhere.asked).toEqual([])
  })
})

describe('an API that answers with', () => {
  const bodies: readonly [string, number, string, RegExp][] = [
    [
      'a page for people',
      200,
      html,
      /answered (GET|POST) \/services\/\S+ with status 200 and a web page.*Check Configuration\.BaseUrl/,
    ],
    [
      'the page of an org that is gone',
      404,
      '<!DOCTYPE html><html><head><title>URL No Longer Exists</title></head><body/></html>',
      /status 404 and a web page \[URL No Longer Exists\].*Check Configuration\.BaseUrl: a sandbox may have been deleted/,
    ],
    ['a page for people that says no', 403, html, /We are down for maintenance/],
    ['nonsense', 200, '{"hello":"world"}', /Salesforce answered .*with something else than/],
    ['null', 200, 'null', /Salesforce answered .*with something else than/],
    ['an array', 200, '[]', /Salesforce answered .*with something else than/],
    [
      'a list of things without ids',
      200,
      '{"totalResults":1,"Resources":[{}],"id":7}',
      /Salesforce answered|is not a Salesforce id/,
    ],
    ['JSON that was cut off', 200, '{"id":"0055g00000', /something that is not JSON/],
    [
      'an error inside a success',
      200,
      '[{"errorCode":"UNKNOWN_EXCEPTION","message":"oops"}]',
      /Salesforce answered .*with something else than|oops/,
    ],
  ]
  test.each(bodies)('%s', async (name, status, body, words) => {
    const server = await startRogue((request, response) => {
      if (!signedIn(request, response)) response.writeHead(status).end(body)
    })
    if (name === 'nonsense') await failing(server.url, /Salesforce answered/, actionNames)
    else await failing(server.url, words, name === 'a page for people' ? actionNames : scimActions)
    if (name === 'a page for people') await failing(server.url, words, oneOfEach, launch)
    await failing(
      server.url,
      /Salesforce answered|Salesforce did not describe|a web page|maintenance|oops/,
      scimActions,
      byRest,
      restConnector,
    )
    // Several queries in one request are a POST, and read.
    const reads = /^(GET |POST \/services\/(oauth2\/token|data\/v66\.0\/composite)$)/
    expect(server.asked.filter((each) => !reads.test(each))).toEqual([])
  })

  test('a body that is shorter than it said', async () => {
    const server = await startRogue((request, response) => {
      if (signedIn(request, response)) return
      response.writeHead(200, { 'content-length': '5000' })
      response.write('{"id":"0055g0000000003AAA"')
      request.socket.end()
    })
    await failing(server.url, /broke (its answer|the connection) off/)
  })

  test('a redirect, which is not followed with a token, and names the setting', async () => {
    const elsewhere = await startRogue((_request, response) => response.end('{}'))
    const server = await startRogue((request, response) => {
      if (signedIn(request, response)) return
      response.writeHead(302, { location: `${elsewhere.url}/somewhere` }).end()
    })
    await failing(
      server.url,
      new RegExp(`sends this address on to ${new URL(elsewhere.url).host}: set Configuration.BaseUrl`),
    )
    expect(elsewhere.asked).toEqual([])
  })

  test('a body without an end, which is given up', async () => {
    const server = await startRogue((request, response) => {
      if (signedIn(request, response)) return
      const piece = Buffer.alloc(1024 * 1024, ' ')
      const more = (): void => {
        while (!response.destroyed && response.write(piece)) continue
      }
      response.on('drain', more)
      more()
    })
    const run = await launch('disable', contextFor('disable', server.url))
    expect(breaches(run, 1)).toEqual([])
    expect(said(run)).toMatch(/sent an answer of more than 64 MB/)
  })
})

test('a token is never sent to another machine than the settings name, whatever the sign-in says', async () => {
  const elsewhere = await startRogue((_request, response) => response.end('{}'))
  for (const instance of [
    'http://192.0.2.1',
    'https://192.0.2.1',
    'ftp://127.0.0.1',
    'nonsense',
    'http://user@192.0.2.1',
  ]) {
    const server = await startRogue((request, response) => {
      if (request.url !== '/services/oauth2/token') response.end('[]')
      else response.end(JSON.stringify({ access_token: rogueToken, instance_url: instance }))
    })
    const run = await answer('disable', contextFor('disable', server.url))
    expect(breaches(run, 1, [rogueToken])).toEqual([])
    expect(said(run)).toContain('nothing was sent there')
    expect(server.asked).toEqual(['POST /services/oauth2/token'])
  }
  expect(elsewhere.asked).toEqual([])
})

test('an org in maintenance is tried again, and when it is back the action goes on', async () => {
  const org = await startOrg()
  org.fault({
    when: { path: /token/ },
    effect: { kind: 'answer', status: 503, body: html, headers: { 'retry-after': '0' } },
  })
  org.fault({ when: { method: 'GET', path: /Users/ }, effect: { kind: 'answer', status: 503, body: html } })
  const run = await launch('disable', contextFor('disable', org.url))
  expect(breaches(run, 0)).toEqual([])
  expect(org.unfiredFaults()).toEqual([])
  expect(org.user(seedIds.users.annBoss)?.IsActive).toBe(false)
})
