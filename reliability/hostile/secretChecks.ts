import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { startSimulator } from '../../simulator/server.ts'
import type { Finding } from './hostile.ts'
import { inPool } from '../pool.ts'
import { runAction } from '../scriptProcess.ts'
import { type Answer, startProxy } from '../proxy.ts'
import type { Connector } from '../scenarios/scenario.ts'

/** It has what each of the forms writes in its own way. */
const secret = 'Zx9&<"q>\'+ %7/k=Lé\\t0!'
const bytes = Buffer.from(secret, 'utf8')
const each = (write: (character: string) => string): string => [...secret].map(write).join('')
const hex = (character: string, size: number): string =>
  character.charCodeAt(0).toString(16).padStart(size, '0')
const percent = each((character) =>
  [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
)

/** A secret as somebody may give it back, who read it one way and writes it another. */
const forms: Readonly<Record<string, string>> = {
  'as it is': secret,
  'in an address': encodeURIComponent(secret),
  'percent, small': percent,
  'percent, capital': percent.toUpperCase(),
  'percent, twice': percent.replaceAll('%', '%25'),
  'as a form': new URLSearchParams({ a: secret }).toString().slice(2),
  'entities by name': secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;'),
  'decimal entities': each((character) => `&#${character.charCodeAt(0)};`),
  'hexadecimal entities': each((character) => `&#x${hex(character, 1)};`),
  'JSON escapes': each((character) => `\\u${hex(character, 4)}`),
  'JSON text': JSON.stringify(secret).slice(1, -1),
  hexadecimal: bytes.toString('hex'),
  'hexadecimal, capital': bytes.toString('hex').toUpperCase(),
  Base64: bytes.toString('base64'),
  'Base64 for addresses': bytes.toString('base64url'),
  'quoted printable': percent.replaceAll('%', '=').toUpperCase(),
}

const json = (status: number, body: unknown): Answer => ({
  status,
  body: JSON.stringify(body),
  contentType: 'application/json',
})
const page = (status: number, body: string): Answer => ({ status, body, contentType: 'text/html' })

/** Places of an answer that are shown to somebody. */
const shapes: readonly ((text: string) => Answer)[] = [
  (text) => json(400, [{ errorCode: 'INVALID_FIELD', message: text }]),
  (text) => json(400, [{ errorCode: text, message: 'no' }]),
  (text) => json(400, [{ errorCode: 'INVALID_FIELD', message: 'no', fields: [text] }]),
  (text) => json(400, { error: 'invalid_grant', error_description: text }),
  (text) => json(400, { error: text }),
  (text) =>
    json(409, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      detail: `INVALID_FIELD:${text};`,
      status: 409,
    }),
  (text) => json(400, { Errors: [{ description: text, code: 400 }] }),
  (text) => json(500, text),
  (text) => page(400, `<html><head><title>${text}</title></head></html>`),
  (text) => page(502, `<h1>Bad Gateway</h1> client_secret=${text}`),
  (text) => page(400, text),
  (text) => json(200, { access_token: 7, instance_url: text, id: text, message: text }),
]

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: secret },
})

/** What each way to sign in has to hide. */
const flows: readonly object[] = [
  { AuthenticationFlow: 'client_credentials', ClientSecret: secret },
  { AuthenticationFlow: 'password', UserName: 'u@x.example', ClientSecret: 'other', Password: secret },
  { AuthenticationFlow: 'password', UserName: 'u@x.example', Password: 'other', SecurityToken: secret },
  {
    AuthenticationFlow: 'jwt_bearer',
    UserName: 'u@x.example',
    PrivateKey: privateKey,
    PrivateKeyPassphrase: secret,
  },
]

/** Every form of every secret in every shape of answer, to the sign-in and to what follows: none may be told on. */
export async function secretForms(folder: string, connector: Connector, atOnce: number): Promise<Finding> {
  const cases = flows.flatMap((flow) =>
    shapes.flatMap((shape, at) => [true, false].map((isSignIn) => ({ flow, shape, at, isSignIn }))),
  )
  const found = await inPool(cases, atOnce, async ({ flow, shape, at, isSignIn }) => {
    const told = await tell(folder, connector, flow, shape(Object.values(forms).join(' | ')), isSignIn)
    return Object.entries(forms)
      .filter(([, form]) => told.includes(form) || told.includes(JSON.stringify(form).slice(1, -1)))
      .map(
        ([name]) =>
          `${connector} shows a secret, ${name}, in shape ${at + 1} of ${Object.keys(flow).join('+')}`,
      )
  })
  const tried = `secrets in ${Object.keys(forms).length} forms × ${shapes.length} shapes × ${flows.length} flows`
  return { figure: `${tried}: ${found.flat().length} found`, flaws: found.flat() }
}

/** What a script says on both streams when the sign-in, or the request behind it, is answered so. */
async function tell(
  folder: string,
  connector: Connector,
  flow: object,
  answer: Answer,
  isSignIn: boolean,
): Promise<string> {
  const org = await startSimulator()
  const token = json(200, { access_token: '00Dxx!token', instance_url: org.url })
  const proxy = await startProxy(org.url, (path) =>
    path.includes('/oauth2/token') && !isSignIn ? token : answer,
  )
  try {
    const Configuration = { BaseUrl: proxy.url, ClientID: seedCredentials.clientId, ...flow }
    const actionContext = { DryRun: true, Configuration, References: { Account: seedIds.users.annBoss } }
    const { stdout, stderr } = await runAction(join(folder, connector), 'disable', { actionContext })
    return `${stdout}\n${stderr}`
  } finally {
    await proxy.close()
    await org.close()
  }
}
