import { crc32 } from 'node:zlib'
import type { ZipEntry } from './zip.ts'

/** A zip that is not one of ours, or was changed: the message says where. */
export class ZipError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ZipError'
  }
}

/** More than any package needs: what is larger is not read. */
export const largestZip = 64 * 1024 * 1024

/** Letters, digits and `. _ -` between slashes: no folder above, no drive, nothing that a file system reads otherwise. */
const safePath = /^(?!\.)[\w.-]*\w(\/(?!\.)[\w.-]*\w)*$/

/** Documented (Microsoft: Naming Files, Paths, and Namespaces): devices, whatever their ending and case. */
const reservedName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/** Characters. Windows has 260 for a whole path, and a package is unpacked somewhere below a folder of its host. */
const longestPath = 120

/**
 * The entries of a zip as `zip` makes them, in their order. Every byte has to be accounted for: what is compressed, encrypted,
 * a link, named twice, hidden between the files or said to have another size is refused. So nothing can grow when it is read.
 * Throws `ZipError`.
 */
export function unzip(bytes: Buffer): ZipEntry[] {
  const end = bytes.length - 22
  if (end < 0 || bytes.length > largestZip || bytes.readUInt32LE(end) !== 0x06054b50) {
    throw new ZipError('It is not a zip, or something was put behind its end.')
  }
  const count = bytes.readUInt16LE(end + 10)
  const size = bytes.readUInt32LE(end + 12)
  const start = bytes.readUInt32LE(end + 16)
  const isOneDisk = bytes.readUInt32LE(end + 4) === 0 && bytes.readUInt16LE(end + 8) === count
  if (!isOneDisk || start + size !== end) throw new ZipError('Its list of files is not where it says.')

  const entries: ZipEntry[] = []
  const seen = new Set<string>()
  let at = start
  let offset = 0
  for (let number = 0; number < count; number++) {
    const { name, data, centralLength, localLength } = readEntry(bytes, at, offset, start, end)
    const folded = name.toLowerCase()
    if (seen.has(folded)) throw new ZipError(`It has "${name}" twice.`)
    seen.add(folded)
    entries.push({ name, data })
    at += centralLength
    offset += localLength
  }
  if (at !== end || offset !== start) throw new ZipError('It has bytes that belong to no file.')
  const parent = entries.find(({ name }) => entries.some((other) => other.name.startsWith(`${name}/`)))
  if (parent !== undefined) throw new ZipError(`"${parent.name}" is a file and a folder at the same time.`)
  return entries
}

interface Read extends ZipEntry {
  readonly centralLength: number
  readonly localLength: number
}

/** The entry that the list has at `at` and whose file begins at `offset`; files end at `start`, the list at `end`. */
function readEntry(bytes: Buffer, at: number, offset: number, start: number, end: number): Read {
  if (at + 46 > end || bytes.readUInt32LE(at) !== 0x02014b50) {
    throw new ZipError('Its list of files is cut off.')
  }
  const pathLength = bytes.readUInt16LE(at + 28)
  const path = bytes.subarray(at + 46, at + 46 + pathLength)
  if (at + 46 + pathLength > end) throw new ZipError('Its list of files is cut off.')
  const name = path.toString('latin1')
  const shown = JSON.stringify(name.slice(0, 100))
  if (!safePath.test(name)) throw new ZipError(`${shown} is not a path that a package may have.`)
  if (name.length > longestPath) throw new ZipError(`${shown} is longer than a path of a package may be.`)
  if (name.split('/').some((part) => reservedName.test(part)))
    throw new ZipError(`${shown} is a name that Windows keeps for a device.`)

  const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)]
  if (flags !== 0 || method !== 0)
    throw new ZipError(`${shown} is compressed or encrypted: packages are not.`)
  const kind = bytes.readUInt32LE(at + 38) >>> 28
  if ((bytes.readUInt32LE(at + 38) >>> 16) & 0o7000)
    throw new ZipError(`${shown} would run with the rights of somebody else (setuid, setgid or sticky bit).`)
  if (kind !== 0o10 && kind !== 0) throw new ZipError(`${shown} is a link or a folder, not a file.`)
  if (bytes.readUInt32LE(at + 30) !== 0 || bytes.readUInt16LE(at + 34) !== 0) {
    throw new ZipError(`${shown} has further parts: packages have none.`)
  }
  if (bytes.readUInt32LE(at + 42) !== offset) throw new ZipError(`${shown} is not where the list says.`)

  const size = bytes.readUInt32LE(at + 24)
  const from = offset + 30 + pathLength
  if (bytes.readUInt32LE(at + 20) !== size || from + size > start) {
    throw new ZipError(`${shown} does not have the size that the list says.`)
  }
  const isSame =
    bytes.readUInt32LE(offset) === 0x04034b50 &&
    bytes.subarray(offset + 4, offset + 30).equals(bytes.subarray(at + 6, at + 32)) &&
    bytes.subarray(offset + 30, from).equals(path)
  if (!isSame) throw new ZipError(`${shown} is described in two ways.`)
  const data = bytes.subarray(from, from + size)
  if (crc32(data) !== bytes.readUInt32LE(at + 16)) throw new ZipError(`${shown} is damaged.`)
  return { name, data, centralLength: 46 + pathLength, localLength: 30 + pathLength + size }
}
