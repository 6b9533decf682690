import { isUtf8 } from 'node:buffer'
import { ConnectorError } from './errors.ts'

const encodings = 'Save it as UTF-8, with or without a byte order mark, or as UTF-16 with one.'

/**
 * The text of a file or of stdin: UTF-8 with or without a byte order mark, or UTF-16 of either byte order with one, as Windows
 * PowerShell's `>` writes it. Throws `INVALID_CONTEXT`, naming `origin`, for anything else: decoded anyway, a name in another
 * encoding would be written to Salesforce with U+FFFD in it.
 */
export function decodeText(bytes: Buffer, origin: string): string {
  const unreadable = (problem: string): ConnectorError =>
    new ConnectorError('INVALID_CONTEXT', `${origin} ${problem}. ${encodings}`)
  const byteOrder = byteOrderOf(bytes)
  if (byteOrder === undefined) {
    if (!isUtf8(bytes)) throw unreadable(`is not UTF-8 (line ${firstLineNotUtf8(bytes)} is not)`)
  } else if (bytes.length % 2 !== 0) throw unreadable('is UTF-16 that ends in the middle of a character')
  const text = byteOrder === undefined ? bytes.toString('utf8') : decodeUtf16(bytes, byteOrder)
  if (byteOrder !== undefined && /\p{Surrogate}/u.test(text))
    throw unreadable('is UTF-16 with half a character in it')
  // No text that is read here may hold NUL: UTF-16 without a byte order mark, and UTF-32, are full of them.
  if (text.includes('\0')) throw unreadable('is not UTF-8: it has NUL characters, as UTF-16 and UTF-32 have')
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/** The byte order that a UTF-16 byte order mark tells; undefined where there is none. */
export function byteOrderOf(bytes: Uint8Array): 'little' | 'big' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'little'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'big' : undefined
}

/** UTF-16 as text; the byte order mark stays. The length must be even. */
export function decodeUtf16(bytes: Buffer, byteOrder: 'little' | 'big'): string {
  const little = byteOrder === 'little' ? bytes : Buffer.from(bytes).swap16()
  return little.toString('utf16le')
}

function firstLineNotUtf8(bytes: Buffer): number {
  let line = 1
  for (let from = 0; ; line++) {
    const end = bytes.indexOf(0x0a, from)
    if (end < 0 || !isUtf8(bytes.subarray(from, end))) return line
    from = end + 1
  }
}
