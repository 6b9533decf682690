import fc from 'fast-check'
import { inOrder, oneAhead } from '../../shared/salesforce/listing/readAhead.ts'
import { toTargetError } from '../../shared/salesforce/errors/error.ts'
import type { Place, UserPage, WalkOptions } from '../../shared/salesforce/listing/userPage.ts'
import { walkUsers } from '../../shared/salesforce/listing/userListing.ts'
import { runs } from '../matrix.ts'

const idOf = (number: number): string => `005${String(number).padStart(12, '0')}`
const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => idOf(from + at))

const refusal = (): Error => toTargetError(400, '{"detail":"Unsupported Operator : gt"}', 'en')

interface Server {
  /** In the order of the list; changed at will. */
  ids: string[]
  /** Users in a page at most. */
  cap?: number
  takesFilter?: boolean
  ceiling?: number
  /** Happens before each request. */
  before?: (server: Server, place: Place) => void
  total?: (true_: number) => number | undefined
}

function options(
  server: Server,
  over: Partial<WalkOptions<number>> = {},
): WalkOptions<number> & { asked: Place[] } {
  const asked: Place[] = []
  return {
    asked,
    count: 20,
    lastIndex: 101,
    atOnce: 4,
    after: undefined,
    isSorted: false,
    fetch: async (place): Promise<UserPage<number>> => {
      asked.push(place)
      await Promise.resolve()
      server.before?.(server, place)
      const { after, startIndex, count } = place
      if (after !== undefined && server.takesFilter === false) throw refusal()
      if (startIndex > (server.ceiling ?? 101)) throw refusal()
      const behind = after === undefined ? server.ids : server.ids.filter((id) => id > after)
      const ids = behind.slice(startIndex - 1, startIndex - 1 + Math.min(count, server.cap ?? 20))
      const total = server.total === undefined ? behind.length : server.total(behind.length)
      return { entries: ids.map((id) => ({ id, value: Number(id.slice(3)) })), total, isLast: false }
    },
    ...over,
  }
}

async function walked(walk: WalkOptions<number>): Promise<string[]> {
  const ids: string[] = []
  for await (const entries of walkUsers(walk)) ids.push(...entries.map(({ id }) => id))
  return ids
}

describe('a walk through the users', () => {
  test('gives everybody once, in order, whatever the page size, the cap, the reach and the number of pages at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          users: fc.integer({ min: 0, max: 700 }),
          cap: fc.integer({ min: 1, max: 25 }),
          count: fc.integer({ min: 1, max: 25 }),
          lastIndex: fc.integer({ min: 1, max: 150 }),
          atOnce: fc.integer({ min: 1, max: 8 }),
          tellsTotal: fc.boolean(),
        }),
        async ({ users, cap, tellsTotal, ...over }) => {
          const ids = numbers(1, users)
          const server = {
            ids,
            cap,
            ceiling: over.lastIndex,
            total: (n: number) => (tellsTotal ? n : undefined),
          }
          expect(await walked(options(server, over))).toEqual(ids)
        },
      ),
      { numRuns: runs(150) },
    )
  })

  test('gives whoever is there all the time exactly once, while others come and go, and the total is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fc.integer({ min: 1, max: 4000 })),
        fc.integer({ min: 2, max: 20 }),
        fc.boolean(),
        async (dice, cap, isWrong) => {
          const roll = (): number => dice.next().value ?? 1
          const staying = new Set(numbers(1, 400).filter((_, at) => at % 2 === 0))
          const server: Server = {
            ids: numbers(1, 400),
            cap,
            // Wrong as it is while rows change: never some where there is none.
            total: (n) => (isWrong && n > 0 ? Math.max(1, n + (roll() % 40) - 20) : n),
            before: (self) => {
              const someone = idOf(roll() % 400)
              if (!staying.has(someone)) {
                self.ids = self.ids.includes(someone)
                  ? self.ids.filter((id) => id !== someone)
                  : [...self.ids, someone].sort()
              }
            },
          }
          const ids = await walked(options(server))
          expect(ids).toEqual([...new Set(ids)].sort())
          expect(ids.filter((id) => staying.has(id))).toEqual([...staying])
        },
      ),
      { numRuns: runs(80) },
    )
  })

  test('reads ahead, with so many pages at once and no more', async () => {
    let underWay = 0
    let most = 0
    const walk = options({ ids: numbers(1, 1000) })
    const fetch: typeof walk.fetch = async (place) => {
      most = Math.max(most, ++underWay)
      for (let turn = 0; turn < 5; turn++) await Promise.resolve()
      underWay--
      return walk.fetch(place)
    }
    expect(await walked({ ...walk, fetch })).toHaveLength(1000)
    // The last page in reach is asked for with those that are wanted first.
    expect(most).toBeGreaterThan(3)
    expect(most).toBeLessThanOrEqual(5)
  })

  test('asks for no more pages than a reader takes', async () => {
    const walk = options({ ids: numbers(1, 2000) })
    const walking = walkUsers(walk)
    await walking.next()
    await walking.next()
    for (let turn = 0; turn < 1000; turn++) await Promise.resolve()
    expect(walk.asked.length).toBeLessThanOrEqual(7)
    await walking.return()
    for (let turn = 0; turn < 1000; turn++) await Promise.resolve()
    expect(walk.asked.length).toBeLessThanOrEqual(7)
  })

  test('needs no more requests than pages, but for the overlap and a look at the end', async () => {
    const walk = options({ ids: numbers(1, 1000) })
    await walked(walk)
    expect(walk.asked.length).toBeLessThanOrEqual(1000 / 20 + 5)
  })

  test('a page that fails is thrown where it would have come', async () => {
    const walk = options({
      ids: numbers(1, 500),
      before: (_, { startIndex, after }) => {
        if (after === undefined && startIndex === 58) throw new Error('broken')
      },
    })
    const ids: string[] = []
    const walking = async (): Promise<void> => {
      for await (const entries of walkUsers(walk)) ids.push(...entries.map(({ id }) => id))
    }
    await expect(walking()).rejects.toThrow('broken')
    expect(ids).toEqual(numbers(1, 58))
  })

  test.each([
    ['the same page whatever is asked for', { startIndex: 1, after: undefined }],
    ['the same page behind every id', { after: undefined }],
  ])('a server that gives %s is found out', async (_, change) => {
    const server = options({ ids: numbers(1, 500) })
    const walk = { ...server, fetch: (place: Place) => server.fetch({ ...place, ...change }) }
    await expect(walked(walk)).rejects.toThrow('gave the same page of a list twice')
    expect(server.asked.length).toBeLessThan(20)
  })

  test('a server that ignores startIndex costs speed, not accounts', async () => {
    const server = options({ ids: numbers(1, 300) })
    const walk = { ...server, fetch: (place: Place) => server.fetch({ ...place, startIndex: 1 }) }
    expect(await walked(walk)).toEqual(numbers(1, 300))
  })

  test('a server that counts users and lists none is found out', async () => {
    await expect(walked(options({ ids: numbers(1, 90), total: () => 1000 }))).rejects.toThrow(
      'Salesforce says that 1000 more users follow, and lists none of them',
    )
    await expect(walked(options({ ids: [], total: () => 3 }))).rejects.toThrow('lists none of them')
  })
})

describe('a page that leaves out a user, while the server counts him', () => {
  /** One answer of the server lacks one user. */
  const lossy = (server: Server, answer: number, at: number): WalkOptions<number> & { asked: Place[] } => {
    const whole = options(server)
    let number = 0
    return {
      ...whole,
      fetch: async (place) => {
        const page = await whole.fetch(place)
        if (number++ !== answer) return page
        return { ...page, entries: page.entries.filter((_, index) => index !== at % page.entries.length) }
      },
    }
  }

  test('costs nobody, wherever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 300 }),
        fc.nat(12),
        fc.nat(20),
        fc.boolean(),
        async (users, answer, at, takesFilter) => {
          const ids = numbers(1, users)
          const server: Server = { ids, takesFilter, ceiling: takesFilter ? 101 : 1000 }
          const found = await walked(lossy(server, answer, at)).catch((error: unknown) => String(error))
          // A walk by numbers cannot read a page once more: it fails.
          if (typeof found === 'string') {
            expect([takesFilter, found]).toEqual([false, expect.stringMatching(/left out|counts/)])
          } else expect(found).toEqual(ids)
        },
      ),
      { numRuns: runs(300) },
    )
  })
})

describe('where ids cannot be filtered', () => {
  test('everybody within reach is given once, whatever the cap', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        async (users, cap, tellsTotal) => {
          const ids = numbers(1, users)
          const total = (n: number): number | undefined => (tellsTotal ? n : undefined)
          const server: Server = { ids, cap, takesFilter: false, ceiling: 1000, total }
          expect(await walked(options(server))).toEqual(ids)
        },
      ),
      { numRuns: runs(100) },
    )
  })

  test('a list in no order is read by its numbers', async () => {
    const ids = numbers(1, 170).reverse()
    expect(await walked(options({ ids, ceiling: 1000 }))).toEqual(ids)
  })

  test('somebody who vanishes takes nobody along', async () => {
    const gone = new Set(numbers(30, 60))
    const server: Server = {
      ids: numbers(1, 200),
      takesFilter: false,
      ceiling: 1000,
      before: (self, { startIndex }) => {
        if (startIndex > 100) self.ids = self.ids.filter((id) => !gone.has(id))
      },
    }
    expect(await walked(options(server))).toEqual(numbers(1, 200))
  })

  test('a list that changes all over is a failure, not a loop', async () => {
    let turn = 0
    const server: Server = {
      ids: numbers(1, 200),
      takesFilter: false,
      ceiling: 1000,
      before: (self) => (self.ids = numbers(1000 * ++turn, 1000 * turn + 199)),
    }
    await expect(walked(options(server))).rejects.toThrow('changes faster than it can be read')
  })

  test('users that are counted and not listed are a failure', async () => {
    const server: Server = { ids: numbers(1, 90), takesFilter: false, ceiling: 1000, total: () => 120 }
    await expect(walked(options(server))).rejects.toThrow('counts 120 users and lists 90 of them')
  })

  test('a user to begin behind who is not in the list is a failure', async () => {
    const walk = options({ ids: numbers(1, 90), takesFilter: false }, { after: idOf(500) })
    await expect(walked(walk)).rejects.toThrow('is not among the users that Salesforce lists')
  })
})

describe('reading ahead', () => {
  async function* thunks(values: readonly (number | Error)[]): AsyncGenerator<() => Promise<number>> {
    for (const value of values) {
      await Promise.resolve()
      yield () => (value instanceof Error ? Promise.reject(value) : Promise.resolve(value))
    }
  }

  test('keeps the order, and throws a failure after what came before it', async () => {
    const seen: number[] = []
    const read = async (): Promise<void> => {
      for await (const value of inOrder(thunks([1, 2, new Error('third'), 4]), 4)) seen.push(value)
    }
    await expect(read()).rejects.toThrow('third')
    expect(seen).toEqual([1, 2])
  })

  test('one ahead gives the same values, and throws in its place', async () => {
    async function* source(): AsyncGenerator<number, void, void> {
      yield 1
      await Promise.resolve()
      yield 2
      throw new Error('third')
    }
    const seen: number[] = []
    const read = async (): Promise<void> => {
      for await (const value of oneAhead(source())) seen.push(value)
    }
    await expect(read()).rejects.toThrow('third')
    expect(seen).toEqual([1, 2])
  })
})
