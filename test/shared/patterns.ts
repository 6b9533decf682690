import ts from 'typescript'

/** A regular expression of a source file, as a literal; `undefined` where it is put together from what other places give. */
export interface Pattern {
  readonly file: string
  /** As it is written. */
  readonly source: string
  readonly literal: string | undefined
}

/** Every regular expression of a file: literals, and `new RegExp` of texts that the file itself has. */
export function patternsOf(file: string, text: string): Pattern[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const constants = new Map<string, ts.Expression>()
  const found: Pattern[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
      constants.set(node.name.text, node.initializer)
    }
    if (ts.isRegularExpressionLiteral(node)) found.push({ file, source: node.text, literal: node.text })
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'RegExp') {
      const [body, flags] = node.arguments ?? []
      const parts = [valueOf(body, constants), flags === undefined ? '' : valueOf(flags, constants)]
      const literal = parts.includes(undefined) ? undefined : `/${parts[0] ?? ''}/${parts[1] ?? ''}`
      found.push({ file, source: node.getText(tree), literal })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

function valueOf(
  node: ts.Expression | undefined,
  constants: ReadonlyMap<string, ts.Expression>,
): string | undefined {
  if (node === undefined) return undefined
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isIdentifier(node)) return valueOf(constants.get(node.text), constants)
  if (!ts.isTemplateExpression(node)) return undefined
  const spans = node.templateSpans.map(({ expression, literal }) => {
    const value = valueOf(expression, constants)
    return value === undefined ? undefined : value + literal.text
  })
  return spans.includes(undefined) ? undefined : node.head.text + spans.join('')
}
