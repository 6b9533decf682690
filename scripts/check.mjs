// `npm test`: the build, then the tests, and beside them types, lint and format; the last line counts the tests.
import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const generated = (name) => join(root, 'generated', name)
const report = generated('jest.json')
const bin = (...path) => join(root, 'node_modules', ...path)

const build = { name: 'build', args: [join(root, 'scripts', 'build', 'build.mjs'), '--quiet'] }
const tests = {
  name: 'tests',
  args: [bin('jest', 'bin', 'jest.js'), '--json', '--outputFile', report, ...process.argv.slice(2)],
}
const types = { name: 'types and lint', args: [join(root, 'scripts', 'types.mjs')] }
const format = {
  name: 'format',
  args: [
    ...[bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn'],
    // Files that were well formatted before, by their contents.
    ...['--cache', '--cache-strategy', 'content', '--cache-location', generated('format.json'), '.'],
  ],
}

await rm(report, { force: true })
const failures = []
// What is built wrong cannot be tested; all else is shown in one go.
if (await passes(build)) await Promise.all([passes(tests), passes(types).then(() => passes(format))])

const counts = await readFile(report, 'utf8').then(JSON.parse, () => undefined)
const passed = counts?.numPassedTests ?? 0
const failed = counts?.numFailedTests ?? 0
if (failures.length > 0) console.log(`Failed: ${failures.join(', ')}`)
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1
// Steps that are no tests count as one each, so that the line never reads as if all were well.
const failedSteps = failures.filter((name) => name !== 'tests' || failed === 0).length
console.log(`${passed} passed, ${failed + failedSteps} failed`)

/** Runs a step. What the tests write is shown as it comes, what others write when they have ended. */
function passes(step) {
  const started = Date.now()
  const isShown = step === tests
  return new Promise((resolve) => {
    const output = isShown ? 'inherit' : 'pipe'
    const child = spawn(process.execPath, step.args, { cwd: root, stdio: ['ignore', output, output] })
    const chunks = []
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => chunks.push(chunk))
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(chunks))
      const seconds = ((Date.now() - started) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${step.name} (${seconds} s)`)
      if (code !== 0) failures.push(step.name)
      resolve(code === 0)
    })
  })
}
