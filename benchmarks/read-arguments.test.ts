import { expect, test } from 'vitest'
import { families } from './families.js'
import { readArguments } from './read-arguments.js'

test.each([
  [[], { plan: 'full', isWriting: false }],
  [['--', '--quick'], { plan: 'quick', isWriting: false }],
  [['--smoke'], { plan: 'smoke', isWriting: false }],
  [['--quick', '--write'], { plan: 'quick', isWriting: true }],
])('%j measures every family', (args, expected) => {
  expect(readArguments(args, families)).toEqual({ ...expected, chosen: families })
})

test('--only chooses families', () => {
  const weight = families.filter(({ name }) => name === 'weight')
  expect(readArguments(['--only', 'weight', '--write'], families)).toEqual({
    plan: 'full',
    chosen: weight,
    isWriting: true,
  })
})

test.each([[['--fast']], [['--only']], [['--only', 'weight,speed']], [['quick']]])(
  '%j names the options',
  (args) => {
    const names = families.map(({ name }) => name).join(',')
    expect(readArguments(args, families)).toEqual({
      problem: `Use --quick or --smoke, --only with some of ${names}, and --write.`,
    })
  },
)

test('a smoke run is not written', () => {
  expect(readArguments(['--smoke', '--write'], families)).toEqual({ problem: 'Use --write without --smoke.' })
})
