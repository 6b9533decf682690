// `npm test`: build, format, lint, types, tests, in that order; the last line counts the tests.
import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const report = join(root, 'generated', 'jest.json')
const bin = (...path) => join(root, 'node_modules', ...path)

/** Steps in one row run at the same time. */
const rows = [
  [['build', [join(root, 'scripts', 'build', 'build.mjs'), '--quiet']]],
  [
    ['format', [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
    ['types', [bin('typescript', 'bin', 'tsc')]],
  ],
  [['lint', [bin('eslint', 'bin', 'eslint.js'), '.']]],
  [['tests', [bin('jest', 'bin', 'jest.js'), '--json', '--outputFile', report, ...process.argv.slice(2)]]],
]

await rm(report, { force: true })
const failures = []
for (const row of rows) {
  const codes = await Promise.all(row.map(([name, args]) => step(name, args)))
  failures.push(...row.filter((_, index) => codes[index] !== 0).map(([name]) => name))
  // What is built wrong cannot be tested; all else is shown in one go.
  if (failures.includes('build')) break
}

const counts = await readFile(report, 'utf8').then(JSON.parse, () => undefined)
const passed = counts?.numPassedTests ?? 0
const failed = counts?.numFailedTests ?? 0
if (failures.length > 0) console.log(`Failed: ${failures.join(', ')}`)
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1
// Steps that are no tests count as one each, so that the line never reads as if all were well.
const failedSteps = failures.filter((name) => name !== 'tests' || failed === 0).length
console.log(`${passed} passed, ${failed + failedSteps} failed`)

function step(name, args) {
  const started = Date.now()
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('close', (code) => {
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
      resolve(code)
    })
  })
}
