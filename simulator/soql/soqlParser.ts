import { RestError } from '../errors.ts'
import type {
  AggregateCall,
  AggregateName,
  Comparator,
  Condition,
  FieldSet,
  Literal,
  OrderBy,
  Path,
  Query,
} from './soqlQuery.ts'
import { spanOf } from './soqlSpans.ts'
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

/** Documented: SOQL reference, FIELDS(). */
const mostOfFieldSet = 200
const fieldSets: readonly FieldSet[] = ['all', 'standard', 'custom']

const aggregateNames: readonly string[] = ['count', 'count_distinct', 'min', 'max', 'sum', 'avg']

function isAggregate(name: string): name is AggregateName {
  return aggregateNames.includes(name)
}

/** Words that no alias may be. */
const keywords = new Set(
  'from where group having order limit offset and or not in like asc desc nulls for using with'.split(' '),
)

/**
 * Reads a statement of the subset that the org speaks: SELECT fields, parent fields, FIELDS(), children, COUNT() and aggregates with
 * aliases, FROM with an alias, WHERE with comparisons, date literals, LIKE, IN and NOT IN (also of a sub-query), AND, OR, NOT,
 * parentheses, GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET. Documented: SOQL and SOSL reference.
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
    const selection = this.#selection()
    this.#expect('from')
    const from = this.#name()
    const alias = this.#alias()
    const where = this.#take('where') ? this.#condition() : undefined
    const groupBy = this.#take('group') ? this.#grouping() : []
    const having = this.#take('having') ? this.#condition() : undefined
    const orderBy = this.#take('order') ? this.#ordering() : []
    const limit = this.#take('limit') ? this.#number() : undefined
    const offset = this.#take('offset') ? this.#number() : 0
    if (offset > mostOffset) {
      // documented code (SOQL reference, OFFSET); observed text
      throw new RestError(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${mostOffset}`)
    }
    if (selection.fieldSets.some((each) => each !== 'standard') && (limit ?? Infinity) > mostOfFieldSet) {
      // documented (SOQL reference, FIELDS()); observed text
      throw malformed(`The SOQL FIELDS function must have a LIMIT of at most ${mostOfFieldSet}`)
    }
    return { ...selection, groupBy, having, from, alias, where, orderBy, limit, offset }
  }

  end(): void {
    if (this.#peek().kind !== 'end') throw this.#unexpected()
  }

  #selection(): Pick<Query, 'fields' | 'aliases' | 'fieldSets' | 'children' | 'count' | 'aggregates'> {
    const fields: Path[] = []
    const aliases = new Map<string, string>()
    const fieldSets: FieldSet[] = []
    const children: Query[] = []
    const aggregates: (AggregateCall & { alias: string })[] = []
    let unnamed = 0
    const isCount = this.#isWord('count') && this.#peek(1).text === '(' && this.#peek(2).text === ')'
    if (isCount) {
      this.#place += 3
      return { fields, aliases, fieldSets, children, count: true, aggregates }
    }
    do {
      if (this.#take('(')) {
        children.push(this.query())
        this.#expect(')')
      } else if (this.#isWord('fields') && this.#peek(1).text === '(') fieldSets.push(this.#fieldSet())
      else if (this.#isCall()) {
        const call = this.#call()
        const alias = this.#alias()
        // documented: expr0, expr1, … counted over those without an alias of their own
        aggregates.push({ ...call, alias: alias ?? `expr${unnamed}` })
        if (alias === undefined) unnamed++
      } else {
        const path = this.#path()
        const alias = this.#alias()
        fields.push(path)
        if (alias !== undefined) aliases.set(path.join('.').toLowerCase(), alias)
      }
    } while (this.#take(','))
    return { fields, aliases, fieldSets, children, count: false, aggregates }
  }

  #isCall(): boolean {
    return isAggregate(this.#peek().text.toLowerCase()) && this.#peek(1).text === '('
  }

  #call(): AggregateCall {
    const name = this.#name().toLowerCase()
    this.#expect('(')
    const path = this.#path()
    this.#expect(')')
    if (!isAggregate(name)) throw this.#unexpected()
    return { name, path }
  }

  #fieldSet(): FieldSet {
    this.#place += 2
    const set = fieldSets.find((each) => this.#take(each))
    if (set === undefined) throw this.#unexpected()
    this.#expect(')')
    return set
  }

  /** A name of the statement's own, behind an object, a field or an aggregate. */
  #alias(): string | undefined {
    const token = this.#peek()
    const isAlias = token.kind === 'word' && !keywords.has(token.text.toLowerCase())
    return isAlias ? this.#name() : undefined
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
    if (this.#isCall()) {
      const of = this.#call()
      return { kind: 'aggregate', of, operator: this.#operator(), value: this.#literal() }
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
    return { kind: 'compare', path, operator: this.#operator(), value: this.#literal() }
  }

  #operator(): Comparator {
    const operator = comparators[this.#peek().text]
    if (operator === undefined || this.#peek().kind !== 'symbol') throw this.#unexpected()
    this.#place++
    return operator
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
    const order: OrderBy[] = []
    do {
      const of = this.#isCall() ? this.#call() : undefined
      const path = of?.path ?? this.#path()
      const descending = this.#take('desc')
      if (!descending) this.#take('asc')
      // documented: nulls come first unless asked otherwise
      const nullsLast = this.#take('nulls') && (this.#take('last') || !this.#take('first'))
      order.push({ path, of, descending, nullsLast })
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
    const span = token.kind === 'word' ? spanOf(word) : undefined
    if (span !== undefined) return { kind: 'span', ...span, value: null }
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
