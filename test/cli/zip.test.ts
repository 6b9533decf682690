import fc from 'fast-check'
import { unzip } from '../../cli/package/unzip.ts'
import { zip, type ZipEntry } from '../../cli/package/zip.ts'
import { runs } from '../matrix.ts'

const entry = (name: string, content = name): ZipEntry => ({ name, data: Buffer.from(content, 'utf8') })
const two = [entry('a.txt', 'one'), entry('b/c.txt', 'two')]

/** Where the list of files begins. */
const listOf = (bytes: Buffer): number => bytes.readUInt32LE(bytes.length - 6)

/** A zip of `two` in which something was changed; `list` is where its list of files begins. */
function changed(change: (bytes: Buffer, list: number) => void): Buffer {
  const bytes = zip(two)
  change(bytes, listOf(bytes))
  return bytes
}

test('a zip has these bytes and no others, which Info-ZIP and Python read', () => {
  // Checked once with unzip 6.0 and with the zipfile module of Python 3.
  expect(zip([entry('a.txt', 'one')]).toString('hex')).toBe(
    [
      '504b03040a000000000000002100f1866c7a030000000300000005000000612e7478746f6e65',
      '504b010214030a000000000000002100f1866c7a0300000003000000050000000000000000000000a48100000000612e747874',
      '504b0506000000000100010033000000260000000000',
    ].join(''),
  )
})

test('what was zipped is what is unzipped, in the same order', () => {
  // Names of Windows devices are refused: that has its own cases below.
  const name = fc
    .stringMatching(/^[a-z]{1,8}\.[a-z]{1,3}$/)
    .filter((text) => !/^(?:con|prn|aux|nul)\./.test(text))
  const names = fc.uniqueArray(name, { maxLength: 8 })
  fc.assert(
    fc.property(names, fc.uint8Array({ maxLength: 300 }), (paths, data) => {
      const entries = paths.map((name, at) => ({ name, data: Buffer.from(data.subarray(at)) }))
      expect(unzip(zip(entries))).toEqual(entries)
    }),
    { numRuns: runs(50) },
  )
})

test('a file that was cut off or changed anywhere is refused or is as it was', () => {
  const whole = zip(two)
  for (let at = 0; at < whole.length; at++) {
    expect(() => unzip(whole.subarray(0, at))).toThrow()
    const other = Buffer.from(whole)
    other.writeUInt8(other.readUInt8(at) ^ 0x40, at)
    let entries: ZipEntry[] = []
    try {
      entries = unzip(other)
    } catch (error) {
      expect((error as Error).name).toBe('ZipError')
      continue
    }
    expect(entries).toEqual(two)
  }
})

test.each([
  '../a.txt',
  'a/../../b.txt',
  '/etc/passwd',
  'C:/a.txt',
  'a\\b.txt',
  'a//b.txt',
  './a.txt',
  'a/',
  '.npmrc',
  'a.',
  'a\0.txt',
  '',
  'é.txt',
  '__proto__/../x',
])('the path %j is refused', (name) => {
  expect(() => unzip(zip([entry(name)]))).toThrow('is not a path that a package may have')
})

test.each(['con', 'NUL.txt', 'a/aux.mjs', 'Com1', 'b/LPT9.tar.gz'])('the device %j is refused', (name) => {
  expect(() => unzip(zip([entry(name)]))).toThrow('is a name that Windows keeps for a device')
  expect(unzip(zip([entry(name.replace(/(con|nul|aux|com1|lpt9)/i, '$1x'))]))).toHaveLength(1)
})

test('a path that is longer than Windows may have room for is refused', () => {
  expect(unzip(zip([entry('a'.repeat(120))]))).toHaveLength(1)
  expect(() => unzip(zip([entry('a'.repeat(121))]))).toThrow('is longer than a path of a package may be')
})

test.each([0o4000, 0o2000, 0o1000])('a file that has the bit %d is refused', (bit) => {
  const setBit = (bytes: Buffer, list: number): void => {
    bytes.writeUInt32LE((bytes.readUInt32LE(list + 38) | (bit << 16)) >>> 0, list + 38)
  }
  expect(() => unzip(changed(setBit))).toThrow('would run with the rights of somebody else')
})

test.each<[string, Buffer, string]>([
  ['names a file twice', zip([entry('a.txt'), entry('a.txt')]), 'twice'],
  ['names a file twice where case does not count', zip([entry('a.txt'), entry('A.TXT')]), 'twice'],
  ['has a file that is a folder too', zip([entry('a'), entry('a/b')]), 'a file and a folder'],
  ['is nothing', Buffer.alloc(0), 'not a zip'],
  ['is something else', Buffer.from('<html>'.repeat(20)), 'not a zip'],
  ['has a comment', Buffer.concat([zip(two), Buffer.from('x')]), 'behind its end'],
  ['has something before it', Buffer.concat([Buffer.from('x'), zip(two)]), 'not where it says'],
])('a zip that %s is refused', (_what, bytes, sentence) => {
  expect(() => unzip(bytes)).toThrow(sentence)
})

test.each<[string, (bytes: Buffer, list: number) => void, string]>([
  [
    'has a symbolic link',
    (bytes, list) => void bytes.writeUInt32LE((0o120777 << 16) >>> 0, list + 38),
    'a link or a folder',
  ],
  [
    'has compressed data, which could be a bomb',
    (bytes, list) => {
      bytes.writeUInt16LE(8, list + 10)
      bytes.writeUInt16LE(8, 8)
    },
    'compressed or encrypted',
  ],
  [
    'says that a file is larger than it is',
    (bytes, list) => {
      for (const at of [list + 20, list + 24, 18, 22]) bytes.writeUInt32LE(0xfffffff0, at)
    },
    'does not have the size',
  ],
  [
    'says that a file is smaller than it is',
    (bytes, list) => {
      for (const at of [list + 20, list + 24, 18, 22]) bytes.writeUInt32LE(1, at)
    },
    'damaged',
  ],
  [
    'has two sizes for one file',
    (bytes, list) => void bytes.writeUInt32LE(1, list + 24),
    'does not have the size',
  ],
  ['has another name before the file', (bytes) => void bytes.write('z', 30), 'described in two ways'],
  ['has data that was changed', (bytes) => void bytes.write('X', 35), 'damaged'],
  [
    'has files that lie over each other',
    (bytes, list) => void bytes.writeUInt32LE(0, list + 46 + 5 + 42),
    'not where the list says',
  ],
  [
    'says that it has more files than it lists',
    (bytes) => {
      for (const at of [14, 12]) bytes.writeUInt16LE(3, bytes.length - at)
    },
    'cut off',
  ],
  [
    'lists fewer files than it has',
    (bytes) => {
      for (const at of [14, 12]) bytes.writeUInt16LE(1, bytes.length - at)
    },
    'belong to no file',
  ],
])('a zip that %s is refused', (_what, change, sentence) => {
  expect(() => unzip(changed(change))).toThrow(sentence)
})
