import { fileURLToPath } from 'node:url'
import { runDemo } from '../demo/demoRun.ts'
import { terminalOn } from '../lib/terminal.ts'

/** `npm start`: the built program is dist/cli/demo.mjs, two folders below the project's own. */
const root = fileURLToPath(new URL('../..', import.meta.url))

process.exitCode = (await runDemo(root, terminalOn(process.stdout))) ? 0 : 1
