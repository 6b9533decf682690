'use strict'
// Loaded before a measured program: when that ends, writes what it used to the descriptor on which the benchmark listens.
const { readFileSync, writeSync } = require('node:fs')

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const memory = ownPeak() ?? maxRSS
  writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, memory: memory / 1024 }))
})

/** Linux counts what the parent had before this program was loaded into maxRSS; VmHWM is this program's own, in kB. */
function ownPeak() {
  if (process.platform !== 'linux') return undefined
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
  return peak === null ? undefined : Number(peak[1])
}
