#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { main } from '../main.ts'
import { terminalOn } from '../lib/terminal.ts'

/** The built program is dist/cli/salesforce-connector.mjs, two folders below the package's own. */
const root = fileURLToPath(new URL('../..', import.meta.url))

// A reader that has seen enough, as head has, is no fault.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EOF') throw error
    process.exitCode = 1
  })
}

await main(process.argv.slice(2), {
  root,
  cwd: process.cwd(),
  env: process.env,
  out: terminalOn(process.stdout),
  err: terminalOn(process.stderr),
})
