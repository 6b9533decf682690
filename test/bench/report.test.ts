import { readOptions } from '../../bench/options.ts'
import { figure, render } from '../../bench/table.ts'

describe('the options of the benchmark', () => {
  test('all parts are measured unless some are named', () => {
    expect(readOptions([])).toMatchObject({
      only: ['startup', 'actions', 'imports', 'worker'],
      rounds: 15,
      users: 100_000,
      json: undefined,
    })
    expect(readOptions(['--only', 'worker, startup', '--rounds', '5']).only).toEqual(['startup', 'worker'])
  })

  test.each([
    [['--only', 'startup,imprts'], /"imprts"/],
    [['--rounds', '0'], /--rounds takes a whole number above 0/],
    [['--users', 'many'], /--users takes a whole number above 0/],
  ])('%j is refused in words', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence)
  })
})

describe('a table', () => {
  test('is Markdown, with figures in line', () => {
    const text = render({
      title: 'Times',
      columns: ['', 'ms'],
      rows: [
        ['short', '5'],
        ['a longer name', '1500'],
      ],
      notes: ['Told once.'],
    })
    expect(text.split('\n')).toEqual([
      '## Times',
      '',
      '|               |   ms |',
      '| ------------- | ---: |',
      '| short         |    5 |',
      '| a longer name | 1500 |',
      '',
      'Told once.',
      '',
    ])
  })

  test('shows a dash for what was not measured', () => {
    expect([figure(undefined), figure(Number.NaN), figure(3.14159, 2), figure(12.6)]).toEqual([
      '–',
      '–',
      '3.14',
      '13',
    ])
  })
})
