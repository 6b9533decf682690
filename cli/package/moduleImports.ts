/** `import … from 'x'`, `import 'x'`, `export … from 'x'`. */
const statement = /(?:^|[;}])\s*(?:import|export)\b(?:[\w$*{}\s,]+?\bfrom)?\s*(["'])([^"'\n]+)\1/gm
/** `import('x')`, `require('x')` and what bundlers make of it; also where what is loaded is not written there. */
const call =
  /(?<![\w$.])(?:import|_*require\d*)(?:\s|\/\*[^*]*\*\/)*\(\s*(?:(["'`])((?:(?!\$\{)[^"'`\n\\])*)\1\s*(?:\)|,)|([^)\n]{1,40}))/g

/** Comments that begin a line: undici's name modules for their types. */
const comment = /^[ \t]*(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm

/**
 * The modules that a built script loads, as it names them; an expression where it does not. It finds what got into a script
 * by mistake: it reads the text, not the program, and who wants to hide something can.
 */
export function moduleImports(source: string): string[] {
  const code = source.replace(comment, '')
  const names = [
    ...[...code.matchAll(statement)].map(([, , name]) => name),
    ...[...code.matchAll(call)].map(([, , name, expression]) => name ?? expression),
  ]
  return [...new Set(names.filter((name) => name !== undefined))]
}
