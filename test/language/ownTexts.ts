import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { root } from '../process.ts'

/** A text of the connectors, with `§` for each value, and where it is written. */
export interface OwnText {
  readonly where: string
  readonly text: string
}

/** Files whose texts stand beside their Dutch. */
const bilingual =
  /requiredRights|rest\/unseen|errors\/(?:catalogue|signInError|wrongAddress|writeErrors)|doctor\/remedies|^shared\/language/

/** Every text of `shared` and `connectors` that looks like language and does not only go to the log. */
export function ownTexts(): OwnText[] {
  return ['shared', 'connectors', 'doctor']
    .flatMap(filesIn)
    .flatMap((file) => textsIn(file, readFileSync(file, 'utf8')))
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !bilingual.test(relative(root, file)))
}

export function textsIn(file: string, source: string): OwnText[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
  const found: OwnText[] = []
  const visit = (node: ts.Node): void => {
    const text = textOf(node)
    if (text !== undefined && isLanguage(text) && !isForTheLog(node)) {
      const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1
      found.push({ where: `${relative(root, file)}:${line}`, text })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (!ts.isTemplateExpression(node)) return undefined
  return node.head.text + node.templateSpans.map(({ literal }) => `§${literal.text}`).join('')
}

/** Two words at least, one of them with small letters alone: no name of a right, no query, no address, no kind of a lock. */
function isLanguage(text: string): boolean {
  // A name of Salesforce's own, or Dutch that stands beside its English.
  if (/^View Setup and Configuration$|^niet zichtbaar voor /.test(text)) return false
  if (
    /^\s*(?:SELECT|AND) |PermissionSetGroupId !?= null|IsActive = true|OR IsActive|UserType (?:NOT )?IN|DeveloperName IN|^[\w.]+ (?:=|eq|gt) §$/.test(
      text,
    )
  )
    return false
  if (
    /^(?:Id|§), |^(?:correlation|account|user name|Bearer) §$|^§ memberships$|^COUNT|\(cut: §|^no tunnel|^not HTTP$|^Proxy-Connection|^§ (?:eq|gt) §$|^first error: \(/.test(
      text,
    )
  )
    return false
  const words = text.split(/[\s§[\]().,;:]+/).filter((word) => /^[A-Za-z][a-z'-]+$/.test(word))
  return /\s/.test(text.trim()) && words.some((word) => /^[a-z]/.test(word))
}

/** Whether it is an argument of a log line, a type, or a text that is compared with what Salesforce says. */
function isForTheLog(node: ts.Node): boolean {
  for (let at: ts.Node = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isTypeNode(at) || ts.isImportDeclaration(at)) return true
    if (ts.isCallExpression(at)) {
      const called = at.expression.getText()
      if (/^(?:log|logPlannedRequest|warn\w*)$|\.(?:includes|startsWith|getLogger)$/.test(called)) return true
    }
    if (ts.isPropertyAssignment(at) && at.name.getText() === 'actor') return true
    if (ts.isFunctionDeclaration(at)) return false
  }
  return false
}
