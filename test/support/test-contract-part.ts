import { type TestAdapterOptions, testAdapter } from '@countersign/conformance'
import type { Vector } from '@countersign/testing'

/** The five systems, and what a framework could change on the way. The core is tested with all vectors. */
const sent =
  /^(visisto|fingerprinting-api|embeddable|visibuild|scratcher|generic-(bytes|gzip|list|method-url|query-token|repeated-header))/

const leftOut = 'thousands of random requests are each refused with an answer'

/** The vectors that `testContractPart` sends. */
export function selectVectors(vectors: readonly Vector[]): readonly Vector[] {
  return vectors.filter(({ file }) => sent.test(file))
}

/**
 * The adapter contract with fewer vectors and without the random requests, for `pnpm test` and for a framework's other versions.
 * It has the options of `testAdapter`, and writes no report, since only the whole contract says what an adapter passes.
 */
export function testContractPart(options: TestAdapterOptions): void {
  const vectors = selectVectors(options.vectors)
  let isLeftOut = false
  testAdapter({
    ...options,
    vectors,
    exceptions: (options.exceptions ?? []).filter(
      (exception) =>
        'case' in exception ||
        vectors.some(
          ({ comment, file }) => comment === exception.vector && file === (exception.file ?? file),
        ),
    ),
    test: (title, run, timeoutMs) => {
      if (title === leftOut) isLeftOut = true
      else options.test(title, run, timeoutMs)
    },
  })
  // The case would run under its new name, and this part would be reported as the whole contract.
  if (!isLeftOut) throw new Error(`The contract has no case '${leftOut}'.`)
}
