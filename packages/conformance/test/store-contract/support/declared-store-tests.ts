import { type StoreBackend, type TestStoreOptions, testStore } from '@countersign/conformance'
import { collectTests, type DeclaredTests } from '../../support/declared-tests.js'

/** Declares the store contract's tests without a test runner, and starts the backend. */
export function declareStoreTests(
  backend: StoreBackend,
  options: Partial<TestStoreOptions> = {},
): Promise<DeclaredTests> {
  return collectTests((declaring) =>
    testStore({ name: 'A store (of parts)', start: async () => backend, ...options, ...declaring }),
  )
}
