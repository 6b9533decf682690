import { crc32 } from 'node:zlib'

/** One file of a zip: a path with `/`, and what it holds. */
export interface ZipEntry {
  readonly name: string
  readonly data: Buffer
}

/** 1 January 1980, midnight: the first moment that a zip can tell. */
export const fixedDate = 0x21
/** Written on Unix by version 2.0 of the format, so that who unpacks it gets files that can be read. */
export const madeBy = 0x0314
/** A plain file that all may read and its owner may write, as Unix says it. */
export const plainFile = (0o100644 << 16) >>> 0

/**
 * The entries as a zip, in their order. The same entries give the same bytes on every machine: nothing is compressed, because
 * the output of a compressor changes with its version and with the processor, and nothing tells when or where it was made.
 */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data } of entries) {
    const path = Buffer.from(name, 'utf8')
    const shared = describe(path, data)
    const local = Buffer.alloc(4)
    local.writeUInt32LE(0x04034b50)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(plainFile, 6)
    place.writeUInt32LE(offset, 10)
    const central = Buffer.alloc(6)
    central.writeUInt32LE(0x02014b50)
    central.writeUInt16LE(madeBy, 4)
    const file = Buffer.concat([local, shared, path, data])
    files.push(file)
    directory.push(Buffer.concat([central, shared, place, path]))
    offset += file.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, index, end])
}

/** What both headers of an entry say of it: the 26 bytes from the version that it needs to the length of a further part. */
function describe(path: Buffer, data: Buffer): Buffer {
  const header = Buffer.alloc(26)
  header.writeUInt16LE(10, 0)
  header.writeUInt16LE(fixedDate, 8)
  header.writeUInt32LE(crc32(data), 10)
  header.writeUInt32LE(data.length, 14)
  header.writeUInt32LE(data.length, 18)
  header.writeUInt16LE(path.length, 22)
  return header
}
