import { startBudget } from '../../shared/host/timeBudget.ts'

const at = (milliseconds: number) => jest.spyOn(process, 'uptime').mockReturnValue(milliseconds / 1000)
afterEach(() => jest.restoreAllMocks())

test('the time counts from the start of the process, and half a second is kept back for the result', () => {
  const budget = startBudget(25)
  at(0)
  expect(budget.remaining()).toBe(24_500)
  at(20_000)
  expect(budget.remaining()).toBe(4500)
})

test('time that is up is none, never less', () => {
  at(24_500)
  expect(startBudget(25).remaining()).toBe(0)
  at(90_000)
  expect(startBudget(25).remaining()).toBe(0)
})

test('an action that begins later has its own time', () => {
  at(60_000)
  expect(startBudget(25, 60_000).remaining()).toBe(24_500)
})
