import { readFileSync } from 'node:fs'
import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

// The three requests of `create` by hand, without any check: the least that a script in Node can do.

interface Context {
  readonly Configuration: { BaseUrl: string; ClientID: string; ClientSecret: string; DefaultProfile: string }
  readonly Data: Readonly<Record<string, string>>
}

const { Configuration: settings, Data: data } = JSON.parse(readFileSync(0, 'utf8')) as Context
const isTls = settings.BaseUrl.startsWith('https:')
const request = isTls ? httpsRequest : httpRequest
const agent = new (isTls ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: 1 })

function send(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, settings.BaseUrl), { method, headers, agent }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => {
        resolve(JSON.parse(text))
      })
    })
    sent.on('error', reject).end(body)
  })
}

async function main(): Promise<void> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: settings.ClientID,
    client_secret: settings.ClientSecret,
  }).toString()
  const token = (await send(
    'POST',
    '/services/oauth2/token',
    { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(form.length) },
    form,
  )) as { access_token: string }
  const headers = { authorization: `Bearer ${token.access_token}`, accept: 'application/json' }
  const filter = encodeURIComponent(`externalId eq "${data['externalId']}"`)
  const found = (await send('GET', `/services/scim/v2/Users?filter=${filter}`, headers)) as {
    totalResults: number
  }
  if (found.totalResults > 0) throw new Error('the account exists')
  const body = JSON.stringify({
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ],
    userName: data['userName'],
    externalId: data['externalId'],
    nickName: data['nickName'],
    name: { givenName: data['givenName'], familyName: data['familyName'] },
    emails: [{ type: 'work', primary: true, value: data['emailAddress'] }],
    phoneNumbers: [{ type: 'work', value: data['phone'] }],
    entitlements: [{ value: settings.DefaultProfile, primary: true }],
    title: data['title'],
    active: false,
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      employeeNumber: data['employeeNumber'],
      department: data['department'],
      division: data['division'],
    },
  })
  const user = (await send(
    'POST',
    '/services/scim/v2/Users',
    {
      ...headers,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  )) as { id?: string; detail?: string }
  if (user.id === undefined) throw new Error(user.detail ?? 'not created')
  agent.destroy()
  process.stdout.write(`${JSON.stringify({ Success: true, AccountReference: user.id })}\n`)
}

await main()
