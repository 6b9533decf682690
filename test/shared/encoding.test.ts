import { decodeText } from '../../shared/encoding.ts'
import { utf8Stream } from '../../shared/host/utf8Stream.ts'

const text = '{"name":"Zoë 💫 Łukasz",\r\n"x":1}'
const utf16 = (order: 'le' | 'be', content = text): Buffer => {
  const bytes = Buffer.from(`\uFEFF${content}`, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 LE with a byte order mark', utf16('le')],
  ['UTF-16 BE with a byte order mark', utf16('be')],
])('%s is read', (_name, bytes) => {
  const before = Buffer.from(bytes)
  expect(decodeText(bytes, 'persons.json')).toBe(text)
  expect(bytes.equals(before)).toBe(true)
})

test('nothing is read as nothing', () => {
  expect(decodeText(Buffer.alloc(0), 'x')).toBe('')
  expect(decodeText(utf16('le', ''), 'x')).toBe('')
})

test.each([
  [
    'Windows-1252',
    Buffer.from('a\nZo\xeb', 'latin1'),
    /^persons\.json is not UTF-8 \(line 2 is not\)\. Save it as UTF-8/,
  ],
  ['UTF-8 cut off in a character', Buffer.from(text).subarray(0, 12), /line 1 is not/],
  ['UTF-16 without a byte order mark', Buffer.from('{"a":1}', 'utf16le'), /has NUL characters/],
  ['UTF-32', Buffer.from('fffe00007b000000', 'hex'), /has NUL characters/],
  ['UTF-16 cut off in a character', utf16('le').subarray(0, -1), /ends in the middle of a character/],
  ['half a surrogate pair', utf16('le', 'a\ud83d'), /half a character/],
])('%s is refused, with the file and what to save it as', (_name, bytes, message) => {
  expect(() => decodeText(bytes, 'persons.json')).toThrow(message)
  expect(() => decodeText(bytes, 'persons.json')).toThrow(
    /^persons\.json is .*Save it as UTF-8, with or without/,
  )
})

describe('a stream', () => {
  const converted = async (bytes: Buffer, size: number): Promise<Buffer> => {
    const parts: Uint8Array[] = []
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += size)
        yield await Promise.resolve(bytes.subarray(at, at + size))
    }
    for await (const part of utf8Stream(chunks())) parts.push(part)
    return Buffer.concat(parts)
  }

  test.each([1, 2, 3, 5, 1000])('is UTF-8, however it is cut: in parts of %d bytes', async (size) => {
    for (const order of ['le', 'be'] as const)
      expect((await converted(utf16(order), size)).toString()).toBe(`\uFEFF${text}`)
    for (const bytes of [Buffer.from(text), Buffer.from('x'), Buffer.alloc(0), Buffer.from([0xff, 0x0a])])
      expect((await converted(bytes, size)).equals(bytes)).toBe(true)
  })

  test.each([1, 2, 1000])('that is broken UTF-16 is not UTF-8: in parts of %d bytes', async (size) => {
    for (const broken of [utf16('le', 'a\ud83d'), utf16('be', 'a\udc00b'), utf16('le').subarray(0, -1)])
      expect([...(await converted(broken, size))]).toContain(0xff)
  })
})
