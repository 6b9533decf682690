import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { UsageError } from '../lib/cliEnvironment.ts'

/** Where the signature of a package is: beside it. */
export function signatureFile(file: string): string {
  return `${file}.sig`
}

/** The Ed25519 signature of a package (RFC 8032), in base64 on one line. Throws `UsageError` for another kind of key. */
export function signPackage(bytes: Buffer, privateKey: string, name: string): string {
  return `${sign(
    null,
    bytes,
    ed25519(() => createPrivateKey(privateKey), name, 'private'),
  ).toString('base64')}\n`
}

/** Whether a signature is that of these bytes by the owner of the key. Throws `UsageError` for another kind of key. */
export function isSignedBy(bytes: Buffer, signature: string, publicKey: string, name: string): boolean {
  const text = signature.trim()
  if (!/^[A-Za-z\d+/]{86}==$/.test(text)) return false
  // A private key has its public half in it, and has no place on the machine that checks.
  const isPrivate = publicKey.includes('PRIVATE KEY')
  if (isPrivate) throw new UsageError(`${name} is a private key: keep it elsewhere, and give the public one.`)
  const key = ed25519(() => createPublicKey(publicKey), name, 'public')
  return verify(null, bytes, key, Buffer.from(text, 'base64'))
}

function ed25519(read: () => KeyObject, name: string, half: 'private' | 'public'): KeyObject {
  let key: KeyObject | undefined
  try {
    key = read()
  } catch {
    // The reason of OpenSSL says less than the sentence below.
  }
  if (key?.asymmetricKeyType === 'ed25519') return key
  const make =
    half === 'private'
      ? 'openssl genpkey -algorithm ed25519 -out package.key'
      : 'openssl pkey -in package.key -pubout -out package.pub'
  throw new UsageError(
    `${name} is no ${half} Ed25519 key in PEM form, or it has a passphrase. Make one: ${make}`,
  )
}
