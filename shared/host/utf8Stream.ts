import { byteOrderOf, decodeUtf16 } from '../encoding.ts'

/** A byte that UTF-8 never has: it stands for what is not a character in UTF-16 either, so that its line is refused. */
const notUtf8 = Buffer.of(0xff)

/** A stream as UTF-8: as it came, or converted if it begins with the byte order mark of UTF-16, which a PowerShell pipe sends. */
export async function* utf8Stream(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Buffer = Buffer.alloc(0)
  let convert: ((bytes: Buffer, isLast: boolean) => [Uint8Array, Buffer]) | undefined
  for await (const chunk of stream) {
    const bytes = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk])
    if (convert === undefined && bytes.length < 2) {
      held = bytes
      continue
    }
    convert ??= converterFor(bytes)
    const [converted, rest] = convert(bytes, false)
    held = rest
    if (converted.length > 0) yield converted
  }
  if (held.length > 0) yield convert === undefined ? held : convert(held, true)[0]
}

/** Gives what can be passed on, and the bytes that wait for more. */
function converterFor(first: Buffer): (bytes: Buffer, isLast: boolean) => [Uint8Array, Buffer] {
  const byteOrder = byteOrderOf(first)
  if (byteOrder === undefined) return (bytes) => [bytes, Buffer.alloc(0)]
  const highByte = byteOrder === 'little' ? 1 : 0
  return (bytes, isLast) => {
    let end = bytes.length - (bytes.length % 2)
    // The first half of a character waits for the second.
    const isHalf = end >= 2 && ((bytes[end - 2 + highByte] ?? 0) & 0xfc) === 0xd8
    if (isHalf && !isLast) end -= 2
    const parts = decodeUtf16(bytes.subarray(0, end), byteOrder).split(/\p{Surrogate}/u)
    const utf8 = parts.flatMap((part, at) => (at === 0 ? [Buffer.from(part)] : [notUtf8, Buffer.from(part)]))
    if (isLast && end < bytes.length) utf8.push(notUtf8)
    return [Buffer.concat(utf8), bytes.subarray(end)]
  }
}
