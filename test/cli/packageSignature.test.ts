import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { moduleImports } from '../../cli/package/moduleImports.ts'
import { isSignedBy, signPackage } from '../../cli/package/packageSignature.ts'
import { tool, withFolder } from './tool.ts'

const pem = ({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }) => ({
  'package.pub': publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  'package.key': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
})
const own = pem(generateKeyPairSync('ed25519'))
const others = pem(generateKeyPairSync('ed25519'))

test('a signature is good for its bytes and its key, and for nothing else', () => {
  const bytes = Buffer.from('a package')
  const signature = signPackage(bytes, own['package.key'], 'package.key')
  const isGood = (over: { bytes?: Buffer; signature?: string; key?: string }): boolean =>
    isSignedBy(
      over.bytes ?? bytes,
      over.signature ?? signature,
      over.key ?? own['package.pub'],
      'package.pub',
    )
  expect(isGood({})).toBe(true)
  expect(isGood({ signature: signature.trim() })).toBe(true)
  expect(isGood({ bytes: Buffer.from('a package!') })).toBe(false)
  expect(isGood({ key: others['package.pub'] })).toBe(false)
  for (const wrong of [
    '',
    'AA==',
    signature.slice(1),
    signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')),
    `${signature}x`,
  ])
    expect(isGood({ signature: wrong })).toBe(false)
})

test('another kind of key is refused', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const privateKey = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const publicKey = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const signature = signPackage(Buffer.from('x'), own['package.key'], 'package.key')
  expect(() => signPackage(Buffer.from('x'), privateKey, 'rsa.key')).toThrow(
    'rsa.key is no private Ed25519 key',
  )
  expect(() => signPackage(Buffer.from('x'), own['package.pub'], 'x.pub')).toThrow(
    'x.pub is no private Ed25519',
  )
  expect(() => isSignedBy(Buffer.from('x'), signature, publicKey, 'rsa.pub')).toThrow(
    'rsa.pub is no public Ed25519',
  )
  expect(() => isSignedBy(Buffer.from('x'), signature, own['package.key'], 'k')).toThrow('k is a private key')
})

test('package --sign signs, and package --check --public-key says whose it is', async () => {
  await withFolder({ ...own, 'other.pub': others['package.pub'] }, async (cwd) => {
    const made = await tool(['package', '--sign', 'package.key', '--out', 'p.zip'], { cwd })
    expect(made.code).toBe(0)
    expect(made.stdout).toMatch(/^signed .*p\.zip\.sig$/m)
    const check = (...args: string[]) => tool(['package', '--check', 'p.zip', ...args], { cwd })
    const [good, bad, unsigned] = await Promise.all([
      check('--public-key', 'package.pub'),
      check('--public-key', 'other.pub'),
      check(),
    ])
    expect([good.code, bad.code, unsigned.code]).toEqual([0, 1, 0])
    expect(good.stdout).toContain('It is what the owner of the key has signed.')
    expect(bad.stderr.replace(/\s+/g, ' ')).toContain(
      'is no signature of this package by the key of other.pub',
    )
    expect(unsigned.stdout.replace(/\s+/g, ' ')).toContain('That finds damage, not forgery')

    const bytes = await readFile(join(cwd, 'p.zip'))
    await writeFile(join(cwd, 'p.zip'), Buffer.concat([bytes, Buffer.from('x')]))
    expect((await check('--public-key', 'package.pub')).code).toBe(1)
    const missing = await tool(['package', '--check', 'package.pub', '--public-key', 'package.pub'], { cwd })
    expect([missing.code, missing.stderr]).toEqual([
      2,
      expect.stringContaining('package.pub.sig does not exist'),
    ])
  })
})

test.each([
  `import('a'+'b')`,
  'import(`node:${name}`)',
  `import ('undici')`,
  `import/* x */('undici')`,
  `import(\n'undici')`,
  `import('undici', { with: {} })`,
  `require('un' + 'dici')`,
  `import(name)`,
  `import("node\\u003afs")`,
])('%s loads what is no module of Node', (source) => {
  const names = moduleImports(`const x = ${source}`)
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => /^node:[\w/]+$/.test(name))).toEqual([])
})
