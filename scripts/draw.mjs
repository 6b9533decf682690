// Draws assets/Icon.png and assets/Logo.png: a person in a ring that is linked with a key. Run by hand: node scripts/draw.mjs
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32, deflateSync } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Shapes as signed distances: below zero is inside. Units are 256ths of the picture's height. */
const circle = (x, y, radius) => (px, py) => Math.hypot(px - x, py - y) - radius
const ring = (x, y, radius, width) => (px, py) => Math.abs(Math.hypot(px - x, py - y) - radius) - width / 2
const box = (x, y, halfWidth, halfHeight, radius) => (px, py) => {
  const [dx, dy] = [Math.abs(px - x) - halfWidth + radius, Math.abs(py - y) - halfHeight + radius]
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius
}
const union =
  (...shapes) =>
  (x, y) =>
    Math.min(...shapes.map((shape) => shape(x, y)))
const both =
  (...shapes) =>
  (x, y) =>
    Math.max(...shapes.map((shape) => shape(x, y)))

const ink = [24, 38, 66]
const teal = [45, 190, 168]
const amber = [250, 183, 61]
const paper = [255, 255, 255]

/** Person and key, centred on 128, 128. The shoulders are what of an ellipse is inside the ring. */
const link = [
  [ring(98, 128, 55, 15), teal],
  [circle(98, 110, 17), paper],
  [both(circle(98, 172, 36), circle(98, 128, 41)), paper],
  [
    union(
      ring(168, 128, 30, 15),
      box(216, 128, 22, 7.5, 4),
      box(212, 143, 6, 14, 3),
      box(230, 140, 6, 11, 3),
    ),
    amber,
  ],
]
// Where the key's bow passes behind the ring: drawn over it, so that the two are linked.
const over = [both(ring(98, 128, 55, 15), box(150, 160, 20, 32, 0)), teal]

const icon = [[box(128, 128, 124, 124, 52), ink], ...link, over]
await writeFile(join(root, 'assets', 'Icon.png'), png(256, 256, 1, 0, icon))

/** The logo is wider: the same sign beside bars that stand for access granted, one under the other. */
const line = (y, width, colour) => [
  [circle(286, y, 13), colour],
  [box(312 + width / 2, y, width / 2, 9, 9), ink],
]
const logo = [
  [box(128, 128, 124, 124, 52), ink],
  ...link,
  over,
  ...line(78, 168, teal),
  ...line(128, 120, amber),
  ...line(178, 146, teal),
]
await writeFile(join(root, 'assets', 'Logo.png'), png(500, 256, 1, 0, logo))

/** A PNG with an alpha channel; `shapes` are painted one over the other, their edges over the width of one pixel. */
function png(width, height, scale, shift, shapes) {
  const rows = Buffer.alloc(height * (1 + width * 4))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [red, green, blue, alpha] = [0, 0, 0, 0]
      for (const [shape, colour] of shapes) {
        const cover = Math.min(1, Math.max(0, 0.5 - shape((x + 0.5) / scale + shift, (y + 0.5) / scale)))
        const sum = cover + alpha * (1 - cover)
        if (sum === 0) continue
        const mix = (below, above) => (above * cover + below * alpha * (1 - cover)) / sum
        ;[red, green, blue] = [mix(red, colour[0]), mix(green, colour[1]), mix(blue, colour[2])]
        alpha = sum
      }
      const at = y * (1 + width * 4) + 1 + x * 4
      rows.set([red, green, blue, alpha * 255].map(Math.round), at)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
