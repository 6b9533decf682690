import fc from 'fast-check'
import { createJobQueue } from '../../shared/host/jobQueue.ts'
import { runs } from '../matrix.ts'

/** Jobs that run until they are told to end; what began and what runs. */
function bench(limit: number) {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const turns = createJobQueue<string>(limit, (job) => {
    begun.push(job)
    return new Promise((resolve) => ends.set(job, resolve))
  })
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
  }
  return {
    turns,
    begun,
    running: () => [...ends.keys()],
    settle,
    async end(job: string) {
      ends.get(job)?.()
      ends.delete(job)
      await settle()
    },
  }
}

test('as many jobs run as may, and the next begins when one ends', async () => {
  const { turns, begun, end } = bench(2)
  for (const job of ['a', 'b', 'c']) void turns.add(job, [])
  expect(begun).toEqual(['a', 'b'])
  await end('b')
  expect(begun).toEqual(['a', 'b', 'c'])
})

test('jobs with a lane in common run one after the other, and the others pass them', async () => {
  const { turns, begun, end } = bench(4)
  void turns.add('a1', ['a'])
  void turns.add('a2', ['a'])
  void turns.add('b1', ['b'])
  expect(begun).toEqual(['a1', 'b1'])
  await end('a1')
  expect(begun).toEqual(['a1', 'b1', 'a2'])
})

test('a job with two lanes waits for both, and keeps its place in each', async () => {
  const { turns, begun, end } = bench(4)
  void turns.add('a', ['a'])
  void turns.add('ab', ['a', 'b'])
  void turns.add('b', ['b'])
  expect(begun).toEqual(['a'])
  await end('a')
  expect(begun).toEqual(['a', 'ab'])
  await end('ab')
  expect(begun).toEqual(['a', 'ab', 'b'])
})

test('whoever adds is held up while four times as many wait as may run', async () => {
  const { turns, settle, end } = bench(1)
  let isHeldUp = true
  for (const job of ['1', '2', '3', '4']) await turns.add(job, [])
  const added = turns.add('5', []).then(() => (isHeldUp = false))
  await settle()
  expect(isHeldUp).toBe(true)
  await end('1')
  await added
  expect(isHeldUp).toBe(false)
})

test('what has not begun can be withdrawn, and then nothing is left once the rest has ended', async () => {
  const { turns, begun, end } = bench(1)
  for (const job of ['1', '2', '3']) void turns.add(job, ['lane'])
  expect(turns.withdraw()).toEqual(['2', '3'])
  await end('1')
  await turns.idle()
  expect(begun).toEqual(['1'])
  void turns.add('4', ['lane'])
  expect(begun).toEqual(['1', '4'])
})

test('a job that fails gives its place and its lane free', async () => {
  const begun: string[] = []
  const turns = createJobQueue<string>(1, (job) => {
    begun.push(job)
    return Promise.reject(new Error('failed'))
  })
  void turns.add('1', ['lane'])
  void turns.add('2', ['lane'])
  await turns.idle()
  expect(begun).toEqual(['1', '2'])
})

test('whatever the lanes and whenever jobs end: all run, in the order of each lane, never two of a lane at once', async () => {
  const jobs = fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }), {
    maxLength: 20,
  })
  await fc.assert(
    fc.asyncProperty(
      jobs,
      fc.integer({ min: 1, max: 4 }),
      fc.infiniteStream(fc.nat()),
      async (lanes, limit, picks) => {
        const { turns, begun, running, end } = bench(limit)
        const lockKeysOf = (job: string): string[] => lanes[Number(job)] ?? []
        lanes.forEach((own, index) => void turns.add(String(index), own))
        while (running().length > 0) {
          const now = running()
          const held = now.flatMap(lockKeysOf)
          expect(now.length).toBeLessThanOrEqual(limit)
          expect(new Set(held).size).toBe(held.length)
          await end(now[(picks.next().value as number) % now.length] ?? '')
        }
        await turns.idle()
        expect(begun.length).toBe(lanes.length)
        for (const lane of ['a', 'b', 'c', 'd']) {
          const order = begun.filter((job) => lockKeysOf(job).includes(lane)).map(Number)
          expect(order).toEqual([...order].sort((a, b) => a - b))
        }
      },
    ),
    { numRuns: runs(100) },
  )
})
