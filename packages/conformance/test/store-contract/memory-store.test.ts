import { testStore } from '@countersign/conformance'
import { memoryStore } from '@countersign/core'
import { afterAll, beforeAll, test } from 'vitest'

testStore({
  name: 'memory',
  test,
  beforeAll,
  afterAll,
  start: async () => ({
    createStore: ({ clock }) => memoryStore(clock ? { now: clock.monotonic } : {}),
    createBoundedStore: ({ clock, maxEntries }) => memoryStore({ maxEntries, now: clock.monotonic }),
    stop: () => {},
  }),
})
