import type { ApiUsage } from '../import/importFacts.ts'
import type { Terminal } from './terminal.ts'

/** One line that is written over and over, on a terminal; nothing elsewhere. */
export interface ProgressLine {
  /** `usage` where the org has told how many API requests it has left. */
  show(rows: number, requests: number, usage?: ApiUsage): void
  clear(): void
}

/** Milliseconds between two pictures. */
const pause = 100
const width = 20

/** How many there will be nobody knows before the end: the bar only shows that it moves. */
export function createProgress(stream: NodeJS.WriteStream, terminal: Terminal): ProgressLine {
  const begun = performance.now()
  let last = -pause
  let step = 0
  let isShown = false
  return {
    show(rows, requests, usage) {
      const now = performance.now()
      if (!stream.isTTY || now - last < pause) return
      last = now
      const at = step++ % width
      const bar = Array.from({ length: width }, (_, index) => (Math.abs(index - at) < 3 ? '█' : '░')).join('')
      const rate = Math.round((rows * 1000) / Math.max(1, now - begun))
      const left = usage === undefined ? '' : `  ${usage.limit - usage.used} API requests left`
      const text = `${bar}  ${rows} rows  ${rate} rows/s  ${requests} requests${left}`
      stream.write(`\r${text.slice(0, terminal.width - 1)}\u001b[K`)
      isShown = true
    },
    clear() {
      if (isShown) stream.write('\r\u001b[K')
      isShown = false
    },
  }
}
