import fc from 'fast-check'
import { median, quartiles, ratios, shuffled } from '../../bench/statistics.ts'

test.each([
  [[3], 3],
  [[5, 1, 3], 3],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected)
})

test('there is no median of nothing', () => {
  expect(median([])).toBeNaN()
})

test('one wild value moves the median by no more than its neighbour', () => {
  expect(median([10, 11, 12, 13, 90_000])).toBe(12)
})

test('half of the values lie between the quartiles', () => {
  expect(quartiles([1, 2, 3, 4])).toEqual([1.5, 3.5])
  expect(quartiles([1, 2, 3, 4, 5])).toEqual([1.5, 4.5])
  expect(quartiles([7])).toEqual([7, 7])
})

test('ratios are taken within a round, so that a slow round changes none', () => {
  expect(ratios([30, 300, 60], [10, 100, 20])).toEqual([3, 3, 3])
})

test('a round without a base has no ratio', () => {
  expect(ratios([30, 40, 50], [10, 0])).toEqual([3])
})

test('shuffling loses and repeats nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer()),
      fc.infiniteStream(fc.double({ min: 0, max: 0.999 })),
      (things, draws) => {
        const random = () => draws.next().value ?? 0
        expect(shuffled(things, random).sort()).toEqual([...things].sort())
      },
    ),
  )
})

test('the order follows the draws', () => {
  const draws = [0.99, 0, 0]
  expect(shuffled(['a', 'b', 'c'], () => draws.shift() ?? 0)).toEqual(['c', 'a', 'b'])
})
