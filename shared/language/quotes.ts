/** Enough for what one action quotes, and for the actions that a worker runs side by side. */
const mostQuotes = 200

const quotes: string[] = []

/** Remembers a text that is quoted as it came, or has its language already: the translation of a line leaves it alone. */
export function keepQuote(text: string): void {
  if (text.trim() === '' || quotes.includes(text)) return
  quotes.push(text)
  if (quotes.length > mostQuotes) quotes.shift()
}

/** The quotes in a text, the longest first, so that one within another stays whole. */
export function quotesIn(text: string): string[] {
  return quotes.filter((quote) => text.includes(quote)).sort((a, b) => b.length - a.length)
}
