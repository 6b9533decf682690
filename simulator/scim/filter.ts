import { ScimError } from '../errors.ts'

export type Operator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le' | 'pr'

/** One comparison of a filter; `value` is empty for `pr`. */
export interface Comparison {
  kind: 'comparison'
  attribute: string
  operator: Operator
  value: string
}

export type Filter = Comparison | { kind: 'and' | 'or'; left: Filter; right: Filter }

const operators: readonly string[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr']

function isOperator(text: string): text is Operator {
  return operators.includes(text)
}

interface Token {
  text: string
  quoted: boolean
}

/** How a filter is read where `and` and `or` meet; see the switches `topLevelOr` and `filterMixing`. */
export interface FilterRules {
  topLevelOr: 'accepted' | 'refused'
  filterMixing: 'left-to-right' | 'refused'
}

/**
 * Reads a filter: quoted values only (pilot, observed: Netwrix), `and` and `or` without precedence (documented:
 * identity_scim_rest_api; from left to right is assumed), parentheses, no `not`, no value paths (pilot). Error texts are the
 * pilot's.
 * @throws ScimError 400
 */
export function parseFilter(text: string, rules: FilterRules): Filter {
  const tokens = tokenize(text)
  let place = 0
  const peek = (): Token | undefined => tokens[place]
  const next = (): Token => {
    const token = tokens[place++]
    if (token === undefined) throw new ScimError(400, 'Unexpected end of filter')
    return token
  }

  const term = (): Filter => {
    const token = next()
    if (isBare(token, '(')) {
      const inner = expression()
      const close = tokens[place++]
      if (close === undefined || !isBare(close, ')')) throw unbalanced()
      return inner
    }
    // pilot: whatever stands where an attribute should is taken for its name, `not` as well
    if (token.quoted || isBare(token, ')')) throw new ScimError(400, `Unsupported attribute : ${token.text}`)
    const operator = next()
    const name = operator.text.toLowerCase()
    if (operator.quoted || !isOperator(name))
      throw new ScimError(400, `Unsupported Operator : ${operator.text}`)
    if (name === 'pr') return { kind: 'comparison', attribute: token.text, operator: name, value: '' }
    const value = next()
    if (!value.quoted) throw new ScimError(400, `Argument has to be a quoted string literal : ${value.text}`)
    return { kind: 'comparison', attribute: token.text, operator: name, value: value.text }
  }

  const expression = (isOutermost = false): Filter => {
    let left = term()
    const kinds = new Set<string>()
    for (let token = peek(); token !== undefined && !isBare(token, ')'); token = peek()) {
      const kind = token.text.toLowerCase()
      if (token.quoted || (kind !== 'and' && kind !== 'or')) throw illegal(token)
      place++
      kinds.add(kind)
      left = { kind, left, right: term() }
    }
    // pilot: SOQL's refusal; its exact text is assumed
    if (kinds.size > 1 && rules.filterMixing === 'refused') throw new ScimError(400, "unexpected token: 'or'")
    if (isOutermost && kinds.has('or') && rules.topLevelOr === 'refused') {
      throw new ScimError(400, "unexpected token: 'AND'")
    }
    return left
  }

  const filter = expression(true)
  if (peek() !== undefined) throw unbalanced()
  return filter
}

function isBare(token: Token, text: string): boolean {
  return !token.quoted && token.text === text
}

function illegal(token: Token): ScimError {
  return new ScimError(400, `Illegal token : ${token.text}`)
}

function unbalanced(): ScimError {
  return new ScimError(400, 'Unbalanced brackets, check your filter')
}

/**
 * Pilot: bare tokens are [a-zA-Z0-9."@:_-]+, literals are quoted, and characters of no token are passed over. RFC 7644 3.4.2.2:
 * literals have the escapes of JSON, which the pilot's pattern does not know.
 */
function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let place = 0
  while (place < text.length) {
    const char = text.charAt(place)
    if (/\s/.test(char)) place++
    else if (char === '(' || char === ')') {
      tokens.push({ text: char, quoted: false })
      place++
    } else if (char === '"') {
      const literal = /^"(?:[^"\\]|\\.)*"/s.exec(text.slice(place))?.[0]
      if (literal === undefined) throw new ScimError(400, `Illegal token : ${text.slice(place)}`)
      tokens.push({ text: unescape(literal), quoted: true })
      place += literal.length
    } else {
      const bare = /^[a-zA-Z0-9.@:_-]+/.exec(text.slice(place))?.[0]
      if (bare !== undefined) tokens.push({ text: bare, quoted: false })
      place += bare?.length ?? 1
    }
  }
  return tokens
}

function unescape(literal: string): string {
  try {
    return String(JSON.parse(literal))
  } catch {
    // control characters and unknown escapes are no JSON; assumed: they stand for themselves
    return literal.slice(1, -1).replace(/\\(.)/gs, '$1')
  }
}

/** The parts of a filter that all must hold. */
export function conjuncts(filter: Filter): Filter[] {
  return filter.kind === 'and' ? [...conjuncts(filter.left), ...conjuncts(filter.right)] : [filter]
}

/** All comparisons of a filter. */
export function comparisons(filter: Filter): Comparison[] {
  return filter.kind === 'comparison' ? [filter] : [...comparisons(filter.left), ...comparisons(filter.right)]
}
