import { keepQuote } from '../../language/quotes.ts'
import { ConnectorError, type Language } from '../../errors.ts'
import { bound } from '../../redact.ts'

/** What is known of an answer that did not come from the API of an org. */
interface WebPage {
  /** Without a secret: `GET /services/data/v66.0/query`. */
  readonly request: string
  readonly host: string
  readonly status: number
  readonly text: string
}

const sentences: Readonly<Record<Language, (page: WebPage, title: string) => string>> = {
  en: ({ request, host, status }, title) =>
    `${host} answered ${request} with status ${status} and a web page${title}, not with data: this is not, or no longer, the address of the org. Check Configuration.BaseUrl: a sandbox may have been deleted, refreshed or renamed, or a proxy may have answered in its place`,
  nl: ({ request, host, status }, title) =>
    `${host} antwoordde op ${request} met status ${status} en een webpagina${title}, niet met gegevens: dit is niet, of niet meer, het adres van de org. Controleer Configuration.BaseUrl: een sandbox kan zijn verwijderd, vernieuwd of hernoemd, of een proxy antwoordde in plaats van de org`,
}

/** Statuses with which a page is no answer about a record, a right or the state of Salesforce. */
function isFinal(status: number): boolean {
  return (status >= 200 && status < 300) || status === 404 || status === 410
}

/**
 * The error for a page of the web where an answer of the API was expected: what an address shows whose org is gone (observed:
 * 404 `URL No Longer Exists`). Undefined for any other answer. It is not evidence of anything about a record.
 */
export function wrongAddress(page: WebPage, language: Language): ConnectorError | undefined {
  const { status, text } = page
  if (!isFinal(status) || !/^[\s\uFEFF]{0,100}<(?:!doctype\s|!--|html|head|body|title)/i.test(text)) {
    return undefined
  }
  const title = titleOf(bound(text, 8192))
  const message = sentences[language](page, title === undefined ? '' : ` [${title}]`)
  keepQuote(message)
  return new ConnectorError('MISCONFIGURED', message)
}

/** The title of a page, on one line; undefined where it has none. */
export function titleOf(text: string): string | undefined {
  const title = /<title(?:\s[^<>]{0,200})?>([^<]{1,200})<\/title>/i.exec(text)?.[1]
  return title?.replace(/\s+/g, ' ').trim()
}
