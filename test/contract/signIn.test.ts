import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { testPrivateKey } from '../../simulator/org/keys.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import type { SimulatedOrg, SimulatorOptions } from '../../simulator/server.ts'
import type { Run } from '../process.ts'
import { answer } from '../runInProcess.ts'
import { signedIn, startOrg, startRogue } from './misbehavingServer.ts'
import { breaches, contextFor, type Json, launch, said, together } from './support.ts'

const { clientId, clientSecret, userName, password, securityToken } = seedCredentials
const client = { ClientID: clientId, ClientSecret: clientSecret }
const user = { UserName: userName, Password: password, SecurityToken: securityToken }
const jwt = { AuthenticationFlow: 'jwt_bearer', ClientID: clientId, UserName: userName }

/** An org that still takes user name and password. */
const older: SimulatorOptions = { dialect: { passwordFlow: 'allowed' } }

/** Signs in with these settings, and looks at one account. */
function signIn(
  url: string,
  settings: Json,
  perform: (action: string, context: unknown) => Promise<Run> = launch,
): Promise<Run> {
  const Configuration = { BaseUrl: url, ...settings }
  return perform('disable', contextFor('disable', url, { DryRun: true, Configuration }))
}

const tokenRequests = (org: SimulatedOrg) =>
  org.requests.filter(({ path }) => path.startsWith('/services/oauth2/'))
const form = (org: SimulatedOrg): Json =>
  Object.fromEntries(new URLSearchParams(tokenRequests(org)[0]?.body ?? ''))

/** One sign-in that succeeded, as OAuth has it: a form in the body, and nothing of it in the address. */
function expectOneSignIn(org: SimulatedOrg, run: Run, secrets: readonly string[] = []): void {
  expect(breaches(run, 0, secrets)).toEqual([])
  const [request, ...more] = tokenRequests(org)
  expect(more).toEqual([])
  expect(request).toMatchObject({ method: 'POST', path: '/services/oauth2/token', search: '', status: 200 })
  expect(request?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/)
  expectNoSecretInAddresses(org, [...secrets, clientSecret, password])
}

function expectNoSecretInAddresses(org: SimulatedOrg, secrets: readonly string[]): void {
  const addresses = org.requests.map(({ path, search }) => path + decodeURIComponent(search)).join('\n')
  for (const secret of secrets) expect(addresses).not.toContain(secret)
  expect(addresses).not.toMatch(/client_secret|password|assertion|access_token/)
}

describe('the flow', () => {
  test('client_credentials sends the client and its secret', async () => {
    const org = await startOrg()
    expectOneSignIn(org, await signIn(org.url, { AuthenticationFlow: 'client_credentials', ...client }))
    expect(form(org)).toEqual({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    })
  })

  test('client_credentials is what a client and a secret alone mean', async () => {
    const org = await startOrg()
    expectOneSignIn(org, await signIn(org.url, client))
    expect(form(org)['grant_type']).toBe('client_credentials')
  })

  test('password sends the password with the security token after it', async () => {
    const org = await startOrg(older)
    expectOneSignIn(org, await signIn(org.url, { AuthenticationFlow: 'password', ...client, ...user }))
    expect(form(org)).toEqual({
      grant_type: 'password',
      client_id: clientId,
      client_secret: clientSecret,
      username: userName,
      password: password + securityToken,
    })
  })

  test("password takes the older connector's keys alone, in which the password has the token already", async () => {
    const org = await startOrg(older)
    const settings = { ...client, UserName: userName, Password: password + securityToken }
    expectOneSignIn(org, await signIn(org.url, settings))
    expect(form(org)).toMatchObject({ grant_type: 'password', password: password + securityToken })
  })

  test('jwt_bearer sends an assertion and no secret', async () => {
    const org = await startOrg()
    expectOneSignIn(org, await signIn(org.url, { ...jwt, PrivateKey: testPrivateKey }))
    expect(form(org)).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    })
  })

  test('jwt_bearer is what a key without a password means', async () => {
    const org = await startOrg()
    const settings = { ClientID: clientId, UserName: userName, PrivateKey: testPrivateKey }
    expectOneSignIn(org, await signIn(org.url, settings))
  })

  test('that is named counts, whatever else is filled in', async () => {
    const org = await startOrg()
    const everything = { ...client, ...user, PrivateKey: testPrivateKey }
    expectOneSignIn(org, await signIn(org.url, { ...everything, AuthenticationFlow: 'client_credentials' }))
    expect(form(org)['grant_type']).toBe('client_credentials')
  })
})

describe('the address', () => {
  const spellings: readonly [string, (url: string) => Json][] = [
    ['BaseUrl with a slash', (url) => ({ BaseUrl: `${url}/` })],
    ['BaseUrl with blanks around it', (url) => ({ BaseUrl: ` ${url} ` })],
    ['an empty AuthenticationUri', () => ({ AuthenticationUri: '' })],
    ['AuthenticationUri as a host', (url) => ({ AuthenticationUri: url })],
    ['AuthenticationUri with a slash', (url) => ({ AuthenticationUri: `${url}/` })],
    ['AuthenticationUri with the path', (url) => ({ AuthenticationUri: `${url}/services/oauth2/token` })],
    [
      'AuthenticationUri with the path and a slash',
      (url) => ({ AuthenticationUri: `${url}/services/oauth2/token/` }),
    ],
  ]
  test.each(spellings)('is understood: %s', async (_name, over) => {
    const org = await startOrg(older)
    const run = await signIn(org.url, { ...client, ...user, ...over(org.url) }, answer)
    expectOneSignIn(org, run)
  })

  test('of the sign-in may be another than that of the org', async () => {
    const org = await startOrg()
    const login = await startRogue((request, response) => {
      signedIn(request, response)
    })
    const run = await signIn(org.url, { ...client, AuthenticationUri: login.url })
    expect(login.asked).toEqual(['POST /services/oauth2/token', 'POST /services/oauth2/token'])
    // Its token is not one of the org's: the org says so, twice, and then it is over.
    expect(breaches(run, 1)).toEqual([])
    expect(tokenRequests(org)).toEqual([])
    expect(org.requests.map(({ status }) => status)).toEqual([401, 401])
  })
})

describe('a private key is taken', () => {
  const key = createPrivateKey(testPrivateKey)
  const pkcs1 = key.export({ type: 'pkcs1', format: 'pem' }).toString()
  const passphrase = 'pass&+#%= "é phrase'
  const encrypted = key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString()
  const forms: readonly [string, Json][] = [
    ['in PKCS#8', { PrivateKey: testPrivateKey }],
    ['in PKCS#1', { PrivateKey: pkcs1 }],
    ['encrypted, with its passphrase', { PrivateKey: encrypted, PrivateKeyPassphrase: passphrase }],
    ['with \\n for line breaks', { PrivateKey: testPrivateKey.replaceAll('\n', '\\n') }],
    ['in one line', { PrivateKey: testPrivateKey.replaceAll('\n', '') }],
    ['in one line with blanks', { PrivateKey: pkcs1.replaceAll('\n', ' ') }],
    [
      'with Windows line breaks',
      { PrivateKey: encrypted.replaceAll('\n', '\r\n'), PrivateKeyPassphrase: passphrase },
    ],
  ]
  test('in every form in which one is pasted', async () => {
    await together(forms, async ([name, settings]) => {
      const org = await startOrg()
      const run = await signIn(org.url, { ...jwt, ...settings }, answer)
      expect([name, run.code]).toEqual([name, 0])
      expectOneSignIn(org, run, [passphrase, testPrivateKey.slice(100, 140)])
    })
  })

  test('and refused in words before anything is sent, where it cannot be opened', async () => {
    const org = await startOrg()
    const wrong: readonly [Json, string][] = [
      [{ PrivateKey: encrypted }, 'set Configuration.PrivateKeyPassphrase'],
      [
        { PrivateKey: encrypted, PrivateKeyPassphrase: 'another' },
        'is Configuration.PrivateKeyPassphrase right?',
      ],
      [{ PrivateKey: testPrivateKey.slice(0, 500) }, 'damaged or cut off'],
    ]
    await together(wrong, async ([settings, words]) => {
      const run = await signIn(org.url, { ...jwt, ...settings }, answer)
      expect(breaches(run, 1, [testPrivateKey.slice(100, 140)])).toEqual([])
      expect(said(run)).toContain(words)
    })
    expect(org.requests).toEqual([])
  })
})

describe('secrets with special characters arrive as they are', () => {
  const hostile = 'a&b+c#d%e=f "g" é 李 \\n \'h\' %26 ?/;:@'

  test('a client secret', async () => {
    const org = await startOrg()
    org.org.connectedApp.clientSecret = hostile
    expectOneSignIn(org, await signIn(org.url, { ClientID: clientId, ClientSecret: hostile }), [hostile])
    expect(form(org)['client_secret']).toBe(hostile)
  })

  test('a password, blanks at its ends included', async () => {
    const org = await startOrg(older)
    const spaced = ` ${hostile} `
    org.org.passwords.set(seedIds.users.integration, spaced)
    org.org.securityToken = ''
    expectOneSignIn(org, await signIn(org.url, { ...client, UserName: userName, Password: spaced }), [
      hostile,
    ])
    expect(form(org)['password']).toBe(spaced)
  })

  test('a client id and a user name', async () => {
    const org = await startOrg(older)
    org.org.connectedApp.clientId = '3MVG9.a&b=c+d'
    const run = await signIn(org.url, { ...client, ...user, ClientID: '3MVG9.a&b=c+d' })
    expectOneSignIn(org, run)
  })
})

describe('a sign-in that is refused is told in a sentence that names the setting', () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  })
  const withKey = { ...jwt, PrivateKey: testPrivateKey }
  const cases: readonly [string, Json, (org: SimulatedOrg) => void, RegExp][] = [
    [
      'a client that does not exist',
      { ...client, ClientID: 'another' },
      () => undefined,
      /Configuration\.ClientID is not the consumer key of an app/,
    ],
    [
      'another secret',
      { ...client, ClientSecret: 'another-secret' },
      () => undefined,
      /Configuration\.ClientSecret does not belong to Configuration\.ClientID/,
    ],
    [
      'a flow that is not enabled',
      client,
      ({ org }) => (org.connectedApp.clientCredentialsEnabled = false),
      /client credentials flow is not enabled for the app of Configuration\.ClientID/,
    ],
    [
      'an app without a run-as user',
      client,
      ({ org }) => (org.connectedApp.runAsUserId = null),
      /no Run As user.*Configuration\.ClientID/,
    ],
    [
      'a host that is not My Domain',
      client,
      ({ org }) => (org.connectedApp.signInHost = 'login'),
      /set Configuration\.BaseUrl \(and AuthenticationUri, if used\) to the My Domain address/,
    ],
    [
      'a run-as user that is inactive',
      client,
      (org) => {
        const row = org.user(seedIds.users.integration)
        if (row !== undefined) org.org.users.update(row, { IsActive: false })
      },
      /Cannot sign in: .*integration user/,
    ],
    [
      'a password flow that is blocked',
      { ...client, ...user },
      ({ dialect }) => (dialect.passwordFlow = 'blocked'),
      /set Configuration\.AuthenticationFlow to client_credentials or jwt_bearer/,
    ],
    [
      'another password',
      { ...client, ...user, Password: 'another-password' },
      ({ dialect }) => (dialect.passwordFlow = 'allowed'),
      /Configuration\.UserName, Password or SecurityToken is wrong/,
    ],
    [
      "a key that is not the app's",
      { ...withKey, PrivateKey: other },
      () => undefined,
      /Configuration\.PrivateKey must belong to the certificate of the app/,
    ],
    [
      'a user that does not exist',
      { ...withKey, UserName: 'nobody@acme.example' },
      () => undefined,
      /Configuration\.UserName may not use the app yet|Configuration\.UserName/,
    ],
    [
      'a user who is not approved',
      withKey,
      ({ org }) => (org.connectedApp.preAuthorised = false),
      /Configuration\.UserName is not admin approved for the app/,
    ],
    [
      'another audience',
      { ...withKey, JwtAudience: 'https://acme.example' },
      () => undefined,
      /Configuration\.JwtAudience is not accepted/,
    ],
    [
      'a clock that is off',
      withKey,
      ({ dialect }) => (dialect.clockSkewSeconds = 600),
      /the clock of this machine/,
    ],
  ]
  test.each(cases)('%s', async (_name, settings, spoil, words) => {
    const org = await startOrg()
    spoil(org)
    const run = await signIn(org.url, settings, answer)
    expect(breaches(run, 1, ['another-secret', 'another-password', testPrivateKey.slice(100, 140)])).toEqual(
      [],
    )
    expect(said(run)).toMatch(/Cannot sign in: /)
    expect(said(run)).toMatch(words)
    // What Salesforce itself said is there too, for whoever looks it up.
    expect(said(run)).toMatch(/Salesforce said: \w+/)
    expect(tokenRequests(org)).toHaveLength(1)
    expect(org.requests).toHaveLength(1)
    expectNoSecretInAddresses(org, [clientSecret, password, 'another-secret'])
  })
})

describe('a token that ends', () => {
  test('in the middle of an action is replaced once, and the action goes on', async () => {
    const org = await startOrg({
      onRequest: ({ path }) => {
        if (path.includes('/Users/') && tokenRequests(org).length === 1) org.org.tokens.clear()
      },
    })
    const run = await launch('update', contextFor('update', org.url))
    expect(breaches(run, 0)).toEqual([])
    expect(tokenRequests(org)).toHaveLength(2)
    expect(org.requests.filter(({ status }) => status === 401)).toHaveLength(1)
    expect(org.user(seedIds.users.annBoss)?.Title).toBe('Head of Contracts')
    // What was refused with 401 was not carried out: it is the same request that is sent again, and carried out once.
    expect(org.writes().filter(({ status }) => status < 300)).toHaveLength(1)
  })

  test('again and again is replaced once and no more', async () => {
    const org = await startOrg({
      onRequest: ({ path }) => (path.includes('/oauth2/') ? org.org.tokens.clear() : undefined),
    })
    const run = await launch('update', contextFor('update', org.url))
    expect(breaches(run, 1)).toEqual([])
    expect(said(run)).toContain('INVALID_SESSION_ID')
    expect(org.requests.map(({ status }) => status)).toEqual([200, 401, 200, 401])
  })

  test('for a reason that no new one mends is not replaced', async () => {
    const server = await startRogue((request, response) => {
      if (signedIn(request, response)) return
      const error = [
        { message: 'This session is not valid for use with the REST API', errorCode: 'INVALID_SESSION_ID' },
      ]
      response.writeHead(401).end(JSON.stringify(error))
    })
    const run = await launch('update', contextFor('update', server.url))
    expect(breaches(run, 1)).toEqual([])
    expect(server.asked.filter((each) => each.startsWith('POST'))).toHaveLength(1)
    expect(server.asked).toHaveLength(2)
  })
})
