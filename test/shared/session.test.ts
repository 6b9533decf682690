import { TransportError } from '../../shared/errors.ts'
import type { HttpResponse } from '../../shared/http/client.ts'
import { openSession } from '../../shared/salesforce/session/session.ts'
import type { TokenStore } from '../../shared/salesforce/session/tokens.ts'

const baseUrl = new URL('https://acme.my.salesforce.com')
const tokens: TokenStore = {
  get: () => Promise.resolve({ accessToken: 'a token', instanceUrl: undefined, orgId: undefined }),
  drop: () => Promise.resolve(),
}
const locked = JSON.stringify([
  { errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access' },
])

/** A session that gets `answer` to its one request, and has no time left after the wait for the next. */
function sessionThatRunsOut(answer: () => Promise<HttpResponse>) {
  // Before the try, after it, and when the wait is over.
  const left = [1_000, 1_000, 0]
  let sent = 0
  const session = openSession({
    client: { send: () => (sent++, answer()), preconnect: () => undefined, close: () => undefined },
    clock: { remaining: () => left.shift() ?? 0 },
    credentials: { flow: 'client_credentials', clientId: 'app', clientSecret: 'secret' },
    baseUrl,
    authenticationUrl: undefined,
    language: 'en',
    tokenCache: undefined,
    tokens,
  })
  const request = session.request({ method: 'GET', path: '/services/data/v66.0/query' })
  return { request, sent: () => sent }
}

test('a refusal is reported even if the wait after it took all the time that was left', async () => {
  const headers = { 'retry-after': '0' }
  const { request, sent } = sessionThatRunsOut(() => Promise.resolve({ status: 400, headers, text: locked }))
  await expect(request).rejects.toThrow('UNABLE_TO_LOCK_ROW')
  expect(sent()).toBe(1)
})

test('no answer and no time left is reported as that', async () => {
  const { request } = sessionThatRunsOut(() => Promise.reject(new TransportError('no answer', false)))
  await expect(request).rejects.toThrow('used up by waiting for Salesforce')
})
