const newline = 0x0a

/**
 * The lines of a stream of bytes, without their ends, as they come; undefined for one of more than `limit` bytes, which is
 * not kept. What follows the last newline is a line too, unless it is nothing.
 */
export async function* linesOf(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Buffer | undefined> {
  let parts: Uint8Array[] = []
  let size = 0
  const add = (part: Uint8Array): void => {
    size += part.length
    if (size > limit) parts = []
    else parts.push(part)
  }
  const end = (): Buffer | undefined => {
    const line = size > limit ? undefined : Buffer.concat(parts)
    parts = []
    size = 0
    return line
  }
  for await (const chunk of stream) {
    let from = 0
    for (;;) {
      const to = chunk.indexOf(newline, from)
      if (to < 0) break
      add(chunk.subarray(from, to))
      yield end()
      from = to + 1
    }
    if (from < chunk.length) add(chunk.subarray(from))
  }
  if (size > 0) yield end()
}
