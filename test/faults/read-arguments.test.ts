import { describe, expect, test } from 'vitest'
import { readArguments } from './read-arguments.js'

describe('the command line', () => {
  test('selects every durable store in each of its forms by default, with a new seed', () => {
    const { runs, seeds, events } = readArguments([])
    expect(runs.map(({ store, form }) => `${store} ${form}`)).toEqual([
      'redis plain',
      'postgres plain',
      'postgres transactional',
      'sqlite plain',
      'sqlite transactional',
    ])
    expect(seeds).toHaveLength(1)
    expect(events).toBe(5_000)
  })

  test('selects what the options name', () => {
    const options = readArguments([
      '--store',
      'sqlite',
      '--form',
      'plain',
      '--seed',
      '3',
      '--seeds',
      '2',
      '--quick',
    ])
    expect(options).toMatchObject({ seeds: [3, 4], isQuick: true, events: 600 })
    expect(options.runs).toEqual([{ store: 'sqlite', form: 'plain' }])
    expect(() => readArguments(['--store', 'redis', '--form', 'transactional'])).toThrow('No run is left')
    expect(() => readArguments(['--seeds', '0'])).toThrow('--seeds')
  })
})
