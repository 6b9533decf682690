import { ConnectorError, type ErrorCode, type Language } from '../../errors.ts'
import { isObject } from '../../validate.ts'
import { codeOf } from './catalogue.ts'
import { type Flow, signInRows } from './catalogueSignIn.ts'

interface Words {
  readonly cannot: string
  readonly said: string
  readonly refused: string
  readonly status: (host: string, status: number) => string
  readonly noToken: (address: string, status: number) => string
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    cannot: 'Cannot sign in',
    said: 'Salesforce said',
    refused: 'Salesforce refused, see what it said',
    status: (host, status) => `${host} answered with status ${status}`,
    noToken: (address, status) =>
      `${address} answered with status ${status} and no token: is it the address of a Salesforce org (Configuration.BaseUrl, AuthenticationUri)?`,
  },
  nl: {
    cannot: 'Aanmelden lukt niet',
    said: 'Salesforce meldde',
    refused: 'Salesforce weigerde, zie wat het meldde',
    status: (host, status) => `${host} antwoordde met status ${status}`,
    noToken: (address, status) =>
      `${address} antwoordde met status ${status} en zonder token: is dit het adres van een Salesforce-org (Configuration.BaseUrl, AuthenticationUri)?`,
  },
}

/** The answer of a token endpoint that holds no token, as a sentence that names the setting to correct. */
export function toSignInError(
  status: number,
  answer: unknown,
  flow: Flow,
  url: URL,
  language: Language,
): ConnectorError {
  const { cannot, said, refused, status: statusOnly, noToken } = words[language]
  const error = member(answer, 'error')
  const description = member(answer, 'error_description')
  // A service in distress gives no reason that an administrator could mend.
  const byStatus: ErrorCode = status >= 500 || status === 429 ? 'UNAVAILABLE' : 'MISCONFIGURED'
  if (error === '') {
    const text = byStatus === 'UNAVAILABLE' ? statusOnly(url.host, status) : noToken(url.href, status)
    return new ConnectorError(byStatus, `${cannot}: ${text}`)
  }
  const row = signInRows.find(
    (candidate) =>
      candidate.errors.includes(error) &&
      (candidate.description === undefined || candidate.description.test(description)) &&
      (candidate.flow === undefined || candidate.flow === flow),
  )
  const own = description === '' ? error : `${error}: ${description}`
  return new ConnectorError(
    row === undefined ? byStatus : codeOf(row, status),
    `${cannot}: ${row?.advice[language] ?? refused}. ${said}: ${own}`,
  )
}

function member(answer: unknown, name: string): string {
  const value = isObject(answer) ? answer[name] : undefined
  return typeof value === 'string' ? value.slice(0, 300) : ''
}
