const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
}

/** A text as a SOQL string literal: backslash and quote are escaped, so that it stays one value. */
export function literal(text: string): string {
  return `'${text.replace(/[\\'\n\r\t\b\f]/g, (character) => escapes[character] ?? character)}'`
}
