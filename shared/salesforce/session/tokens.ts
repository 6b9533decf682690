import { ConnectorError } from '../../errors.ts'
import type { Token } from './signIn.ts'
import { secretKeyOf, type TokenOwner } from './tokenOwner.ts'

/** Time that is left to the one who asks, in milliseconds. */
interface Clock {
  remaining(): number
}

/** Keeps tokens from one request, action or process to the next. */
export interface TokenStore {
  /** The token that is kept, else the one that `signIn` gives, which is then kept. Throws what `signIn` throws. */
  get(owner: TokenOwner, signIn: () => Promise<Token>, clock: Clock): Promise<Token>
  /** Forgets a token that Salesforce refused, unless another has taken its place since. */
  drop(owner: TokenOwner, refused: Token): Promise<void>
}

/** How many owners are remembered. */
const remembered = 512

interface Entry {
  readonly signingIn: Promise<Token>
  /** Undefined until the sign-in has succeeded. */
  token: Token | undefined
}

/**
 * Tokens in memory. Whoever asks while another signs in for the same owner waits for that; when the other's time ran out
 * before its own did, it tries itself.
 */
export function memoryTokens(): TokenStore {
  const entries = new Map<string, Entry>()

  const enter = (key: string, signIn: () => Promise<Token>): Entry => {
    const forget = (): void => {
      if (entries.get(key) === entry) entries.delete(key)
    }
    const keep = async (): Promise<Token> => {
      try {
        return (entry.token = await signIn())
      } catch (error) {
        forget()
        throw error
      }
    }
    const entry: Entry = { signingIn: Promise.resolve().then(keep), token: undefined }
    entries.set(key, entry)
    const [oldest] = entries.keys()
    if (entries.size > remembered && oldest !== undefined) entries.delete(oldest)
    return entry
  }

  return {
    async get(owner, signIn, clock) {
      const key = secretKeyOf(owner)
      for (;;) {
        const entry = entries.get(key)
        if (entry === undefined) return enter(key, signIn).signingIn
        if (entry.token !== undefined) return entry.token
        try {
          return await within(entry.signingIn, clock)
        } catch (error) {
          const isForNow = error instanceof ConnectorError && error.code === 'UNAVAILABLE'
          if (!isForNow || clock.remaining() <= 0) throw error
        }
      }
    },
    drop(owner, refused) {
      const key = secretKeyOf(owner)
      if (entries.get(key)?.token?.accessToken === refused.accessToken) entries.delete(key)
      return Promise.resolve()
    },
  }
}

/** Loses patience with another's sign-in when the own time is up. */
async function within<T>(promise: Promise<T>, clock: Clock): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new ConnectorError(
          'UNAVAILABLE',
          'the time of Configuration.ActionTimeoutSeconds was used up by waiting for the sign-in',
        ),
      )
    }, clock.remaining())
  })
  try {
    return await Promise.race([promise, timeUp])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The same with a file beneath, where other processes find the tokens of this one. What reads and writes it is loaded when
 * it is first needed.
 */
export function fileTokens(above: TokenStore, path: string): TokenStore {
  return {
    get: (owner, signIn, clock) =>
      above.get(
        owner,
        async () => {
          const { findToken, keepToken } = await import('./tokenFile.ts')
          const found = await findToken(path, owner, Date.now())
          if (found !== undefined) return found
          const token = await signIn()
          await keepToken(path, owner, token, Date.now())
          return token
        },
        clock,
      ),
    async drop(owner, refused) {
      await above.drop(owner, refused)
      const { dropToken } = await import('./tokenFile.ts')
      await dropToken(path, owner, refused, Date.now())
    },
  }
}
