import { posix } from 'node:path'
import ts from 'typescript'

/** One import of a file: a path from the root for a file of ours, a module's name otherwise. */
export interface Import {
  readonly from: string
  /** As it is written. */
  readonly specifier: string
  /** `shared/errors.ts`, `undici/lib/dispatcher/pool.js`, `node:fs`. */
  readonly target: string
  readonly isTypeOnly: boolean
}

/** What a file or folder may import: files, folders, and packages (`node:` stands for all of Node's modules). */
export type Rules = Readonly<Record<string, readonly string[]>>

/** What a source file imports, re-exports, requires or imports later, types among them. */
export function importsOf(file: string, text: string): Import[] {
  const typeOnly = new Set<string>()
  const values = new Set<string>()
  for (const statement of parse(file, text).statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
    const isType = statement.importClause?.isTypeOnly === true
    ;(isType ? typeOnly : values).add(statement.moduleSpecifier.text)
  }
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => ({
    from: file,
    specifier: fileName,
    target: fileName.startsWith('.') ? posix.join(posix.dirname(file), fileName) : fileName,
    isTypeOnly: typeOnly.has(fileName) && !values.has(fileName),
  }))
}

/** The imports that no rule allows. The rule of a file is the one with the longest name that it is or lies in. */
export function disallowedImports(imports: readonly Import[], rules: Rules): string[] {
  return imports
    .filter(({ from, target }) => {
      const own = ruleFor(from, rules)
      return own === undefined || !(rules[own] ?? []).some((allowed) => isOrLiesIn(target, allowed))
    })
    .map(({ from, target }) => `${from} -> ${target}`)
}

/** Every chain of imports that leads back to where it began, each once. */
export function cycles(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>()
  for (const { from, target } of imports) next.set(from, [...(next.get(from) ?? []), target])
  const found = new Set<string>()
  const done = new Set<string>()
  const walk = (file: string, path: readonly string[]): void => {
    const begin = path.indexOf(file)
    if (begin >= 0) {
      found.add([...path.slice(begin), file].join(' -> '))
      return
    }
    if (done.has(file)) return
    for (const target of next.get(file) ?? []) walk(target, [...path, file])
    done.add(file)
  }
  for (const file of next.keys()) walk(file, [])
  return [...found]
}

/** Whether a file passes on what another file defines: a barrel. */
export function isBarrel(file: string, text: string): boolean {
  const { statements } = parse(file, text)
  const imported = new Set<string>()
  for (const statement of statements) {
    if (!ts.isImportDeclaration(statement)) continue
    const bindings = statement.importClause?.namedBindings
    if (bindings !== undefined && ts.isNamedImports(bindings)) {
      for (const { name } of bindings.elements) imported.add(name.text)
    }
  }
  return statements.filter(ts.isExportDeclaration).some((statement) => {
    if (statement.moduleSpecifier !== undefined) return true
    const { exportClause } = statement
    return (
      exportClause !== undefined &&
      ts.isNamedExports(exportClause) &&
      exportClause.elements.some(({ propertyName, name }) => imported.has((propertyName ?? name).text))
    )
  })
}

/** What makes an action file more than the story of the action, in the words of a sentence. */
export function actionFileProblems(file: string, text: string): string[] {
  const faults: string[] = []
  const lines = text.trimEnd().split('\n').length
  if (lines >= 80) faults.push(`${file} has ${lines} lines`)
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return
    if (ts.isTryStatement(node)) faults.push(`${file} catches errors`)
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      if (/^(GET|POST|PUT|PATCH|DELETE|HEAD)$/.test(node.text))
        faults.push(`${file} has the verb ${node.text}`)
      if (/:\/\/|^\/\w|\/(services|scim|data|sobjects)\//.test(node.text)) {
        faults.push(`${file} has the address ${node.text}`)
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(parse(file, text))
  return faults
}

/** Everything that a bundle loads, whichever way: `import`, `require`, or a `require` of its bundler. */
export function loadsOf(file: string, text: string): string[] {
  const loads = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      loads.add(node.moduleSpecifier.text)
    }
    if (ts.isCallExpression(node)) {
      const callee = node.expression
      const isImport = callee.kind === ts.SyntaxKind.ImportKeyword
      const isRequire = ts.isIdentifier(callee) && /^(_*require)\d*$/.test(callee.text)
      const [argument] = node.arguments
      if (isImport || isRequire) {
        loads.add(
          argument !== undefined && ts.isStringLiteralLike(argument) ? argument.text : `${node.getText()}`,
        )
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(parse(file, text))
  return [...loads]
}

function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
}

function ruleFor(file: string, rules: Rules): string | undefined {
  return Object.keys(rules)
    .filter((name) => isOrLiesIn(file, name))
    .sort((a, b) => b.length - a.length)[0]
}

function isOrLiesIn(target: string, allowed: string): boolean {
  if (allowed === 'node:') return target.startsWith('node:')
  return target === allowed || target.startsWith(`${allowed}/`)
}
