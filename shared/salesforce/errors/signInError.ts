import { ConnectorError, type ErrorCode, type Language } from '../../errors.ts'
import { keepQuote } from '../../language/quotes.ts'
import { bound } from '../../redact.ts'
import { isObject } from '../../validate.ts'
import { codeOf } from './catalogue.ts'
import { type Flow, type SignInFinding, type SignInRow, signInRows } from './catalogueSignIn.ts'

interface Words {
  readonly cannot: string
  readonly said: string
  readonly refused: string
  readonly status: (host: string, status: number) => string
  readonly noToken: (address: string, status: number) => string
  readonly sentOn: (address: string, status: number, host: string) => string
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    cannot: 'Cannot sign in',
    said: 'Salesforce said',
    refused: 'Salesforce refused, see what it said',
    status: (host, status) => `${host} answered with status ${status}`,
    noToken: (address, status) =>
      `${address} answered with status ${status} and no token: is it the address of a Salesforce org (Configuration.BaseUrl, AuthenticationUri)? A sandbox may have been deleted, refreshed or renamed`,
    sentOn: (address, status, host) =>
      `${address} answered with status ${status} and no token, and sends on to ${host}: set Configuration.BaseUrl (and AuthenticationUri, if used) to the My Domain address https://<MyDomain>.my.salesforce.com`,
  },
  nl: {
    cannot: 'Aanmelden lukt niet',
    said: 'Salesforce meldde',
    refused: 'Salesforce weigerde, zie wat het meldde',
    status: (host, status) => `${host} antwoordde met status ${status}`,
    noToken: (address, status) =>
      `${address} antwoordde met status ${status} en zonder token: is dit het adres van een Salesforce-org (Configuration.BaseUrl, AuthenticationUri)? Een sandbox kan zijn verwijderd, vernieuwd of hernoemd`,
    sentOn: (address, status, host) =>
      `${address} antwoordde met status ${status} en zonder token, en verwijst door naar ${host}: zet Configuration.BaseUrl (en AuthenticationUri, als die gebruikt wordt) op het My Domain-adres https://<MyDomain>.my.salesforce.com`,
  },
}

/** The answer of a token endpoint that holds no token, as a sentence that names the setting to correct. */
export function toSignInError(
  status: number,
  answer: unknown,
  flow: Flow,
  url: URL,
  language: Language,
  location?: string,
): ConnectorError {
  const { cannot, said, refused, status: statusOnly, noToken, sentOn } = words[language]
  const error = member(answer, 'error')
  const description = member(answer, 'error_description')
  // A service in distress gives no reason that an administrator could mend.
  const byStatus: ErrorCode = status >= 500 || status === 429 ? 'UNAVAILABLE' : 'MISCONFIGURED'
  if (error === '') {
    const target = status >= 300 && status < 400 && location !== undefined ? hostIn(location, url) : undefined
    const text =
      byStatus === 'UNAVAILABLE'
        ? statusOnly(url.host, status)
        : target === undefined
          ? noToken(url.href, status)
          : sentOn(url.href, status, target)
    return inItsLanguage(new ConnectorError(byStatus, `${cannot}: ${text}`))
  }
  const row = signInRow(error, description, flow)
  const own = description === '' ? error : `${error}: ${description}`
  return inItsLanguage(
    new ConnectorError(
      row === undefined ? byStatus : codeOf(row, status),
      `${cannot}: ${row?.advice[language] ?? refused}. ${said}: ${own}`,
      row && { verdict: { class: row.class, retry: row.retry, actor: row.actor } },
    ),
  )
}

/** The host of a Location header, which may have a path alone. */
function hostIn(location: string, url: URL): string | undefined {
  return URL.canParse(location, url.href) ? new URL(location, url.href).host : undefined
}

function inItsLanguage(error: ConnectorError): ConnectorError {
  keepQuote(error.message)
  return error
}

/** What OAuth's `error` and `error_description` mean in a flow, the most particular row first; undefined where nothing is known. */
function signInRow(error: string, description: string, flow: Flow): SignInRow | undefined {
  return signInRows.find(
    (candidate) =>
      candidate.errors.includes(error) &&
      (candidate.description === undefined || candidate.description.test(description)) &&
      (candidate.flow === undefined || candidate.flow === flow),
  )
}

/** A refused sign-in for whoever looks for its cause: what it is called, what to do, and Salesforce's own words. */
export function diagnoseSignIn(
  status: number,
  answer: unknown,
  flow: Flow,
  language: Language,
): { readonly finding: SignInFinding | undefined; readonly advice: string; readonly said: string } {
  const error = member(answer, 'error')
  const description = member(answer, 'error_description')
  const row = signInRow(error, description, flow)
  const own = [error, description].filter((text) => text !== '').join(': ')
  return {
    finding: row?.finding,
    advice: row?.advice[language] ?? words[language].refused,
    said: own === '' ? `status ${status} and no token` : own,
  }
}

function member(answer: unknown, name: string): string {
  const value = isObject(answer) ? answer[name] : undefined
  return typeof value === 'string' ? bound(value, 300) : ''
}
