import { type TestAdapterOptions, testAdapter } from '@countersign/conformance'
import { collectTests, type DeclaredTests, type Declaring } from '../../support/declared-tests.js'

/** Declares the adapter contract's tests without a test runner, and starts the program. */
export function declareTests(options: Omit<TestAdapterOptions, keyof Declaring>): Promise<DeclaredTests> {
  return collectTests((declaring) => testAdapter({ ...options, ...declaring }))
}
