import { RestError } from '../errors.ts'
import type { Comparator, Condition, Literal, Path, Query } from './soqlQuery.ts'
import { malformed, tokenizeSoql } from './soqlTokens.ts'
import type { Token } from './soqlTokens.ts'

/** Documented: SOQL reference, OFFSET. */
const mostOffset = 2000

const comparators: Readonly<Record<string, Comparator>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

/**
 * Reads a statement of the subset that the org speaks: SELECT fields and parent fields, COUNT() or COUNT(field),
 * FROM, WHERE with comparisons, LIKE, IN and NOT IN (also of a sub-query), AND, OR, NOT, parentheses, GROUP BY,
 * ORDER BY, LIMIT, OFFSET. Documented: SOQL and SOSL reference.
 * @throws RestError 400 MALFORMED_QUERY
 */
export function parseSoql(text: string): Query {
  const parser = new Parser(tokenizeSoql(text))
  const query = parser.query()
  parser.end()
  return query
}

class Parser {
  readonly #tokens: readonly Token[]
  #place = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  query(): Query {
    this.#expect('select')
    const { fields, count, counts } = this.#selection()
    this.#expect('from')
    const from = this.#name()
    const where = this.#take('where') ? this.#condition() : undefined
    const groupBy = this.#take('group') ? this.#grouping() : []
    const orderBy = this.#take('order') ? this.#ordering() : []
    const limit = this.#take('limit') ? this.#number() : undefined
    const offset = this.#take('offset') ? this.#number() : 0
    if (offset > mostOffset) {
      // documented code (SOQL reference, OFFSET); observed text
      throw new RestError(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${mostOffset}`)
    }
    return { fields, count, counts, groupBy, from, where, orderBy, limit, offset }
  }

  end(): void {
    if (this.#peek().kind !== 'end') throw this.#unexpected()
  }

  #selection(): Pick<Query, 'fields' | 'count' | 'counts'> {
    if (this.#isCount() && this.#peek(2).text === ')') {
      this.#place += 3
      return { fields: [], count: true, counts: [] }
    }
    const fields: Path[] = []
    const counts: { path: Path; alias: string }[] = []
    do {
      if (this.#isCount()) counts.push(this.#counted(counts.length))
      else fields.push(this.#path())
    } while (this.#take(','))
    return { fields, count: false, counts }
  }

  #isCount(): boolean {
    return this.#isWord('count') && this.#peek(1).text === '('
  }

  #counted(at: number): { path: Path; alias: string } {
    this.#place += 2
    const path = this.#path()
    this.#expect(')')
    const isNamed = this.#peek().kind === 'word' && !this.#isWord('from')
    // documented: expr0, expr1, … where no alias is given
    return { path, alias: isNamed ? this.#name() : `expr${at}` }
  }

  #grouping(): Path[] {
    this.#expect('by')
    const paths = [this.#path()]
    while (this.#take(',')) paths.push(this.#path())
    return paths
  }

  #condition(): Condition {
    const first = this.#unit()
    const joint = this.#peek().text.toLowerCase()
    if (this.#peek().kind !== 'word' || (joint !== 'and' && joint !== 'or')) return first
    const parts = [first]
    while (this.#take(joint)) parts.push(this.#unit())
    // general knowledge: AND and OR side by side without parentheses are refused
    const other = joint === 'and' ? 'or' : 'and'
    if (this.#peek().kind === 'word' && this.#peek().text.toLowerCase() === other) throw this.#unexpected()
    return { kind: joint, parts }
  }

  #unit(): Condition {
    if (this.#take('not')) return { kind: 'not', part: this.#unit() }
    if (this.#take('(')) {
      const inner = this.#condition()
      this.#expect(')')
      return inner
    }
    const path = this.#path()
    if (this.#take('like')) {
      const value = this.#literal()
      if (value.kind !== 'string') throw malformed('LIKE expects a string')
      return { kind: 'compare', path, operator: 'like', value }
    }
    const negated = this.#peek().kind === 'word' && this.#take('not')
    if (negated || this.#isWord('in')) {
      this.#expect('in')
      return { kind: 'in', path, negated, values: this.#list() }
    }
    const operator = comparators[this.#peek().text]
    if (operator === undefined || this.#peek().kind !== 'symbol') throw this.#unexpected()
    this.#place++
    return { kind: 'compare', path, operator, value: this.#literal() }
  }

  #list(): Literal[] | Query {
    this.#expect('(')
    if (this.#isWord('select')) {
      const inner = this.query()
      this.#expect(')')
      return inner
    }
    const values = [this.#literal()]
    while (this.#take(',')) values.push(this.#literal())
    this.#expect(')')
    return values
  }

  #ordering(): Query['orderBy'] {
    this.#expect('by')
    const order: { path: Path; descending: boolean; nullsLast: boolean }[] = []
    do {
      const path = this.#path()
      const descending = this.#take('desc')
      if (!descending) this.#take('asc')
      // documented: nulls come first unless asked otherwise
      const nullsLast = this.#take('nulls') && (this.#take('last') || !this.#take('first'))
      order.push({ path, descending, nullsLast })
    } while (this.#take(','))
    return order
  }

  #literal(): Literal {
    const token = this.#peek()
    this.#place++
    const word = token.text.toLowerCase()
    if (token.kind === 'string') return { kind: 'string', value: token.text }
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) }
    if (token.kind === 'date') {
      if (token.text.length === 10) return { kind: 'day', value: token.text }
      const iso = token.text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')
      return { kind: 'date', value: new Date(iso).toISOString() }
    }
    if (token.kind === 'word' && word === 'null') return { kind: 'null', value: null }
    if (token.kind === 'word' && (word === 'true' || word === 'false')) {
      return { kind: 'boolean', value: word === 'true' }
    }
    this.#place--
    throw this.#unexpected()
  }

  #path(): Path {
    return this.#name().split('.')
  }

  #name(): string {
    const token = this.#peek()
    if (token.kind !== 'word' || token.text.endsWith('.')) throw this.#unexpected()
    this.#place++
    return token.text
  }

  #number(): number {
    const token = this.#peek()
    if (token.kind !== 'number' || !/^\d+$/.test(token.text)) throw this.#unexpected()
    this.#place++
    return Number(token.text)
  }

  #peek(ahead = 0): Token {
    return this.#tokens[this.#place + ahead] ?? { kind: 'end', text: '<EOF>', place: 0 }
  }

  #isWord(word: string): boolean {
    return this.#peek().kind === 'word' && this.#peek().text.toLowerCase() === word
  }

  #take(text: string): boolean {
    const token = this.#peek()
    if (token.kind === 'string' || token.text.toLowerCase() !== text) return false
    this.#place++
    return true
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw this.#unexpected()
  }

  #unexpected(): Error {
    const token = this.#peek()
    return malformed(`unexpected token: '${token.text}' at position ${token.place}`)
  }
}
