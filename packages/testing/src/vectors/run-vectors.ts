import {
  isWebhookError,
  type VerifiedDelivery,
  verify,
  type WebhookVerificationError,
} from '@countersign/core'
import type { Vector } from './load-vectors.js'
import { vectorOptions, vectorRequest } from './read-vector.js'
import type { VectorDelivery } from './vector-file.js'

/** The result of {@link runVector}. */
export interface VectorReport {
  readonly vector: Vector
  readonly passed: boolean
  /** The expected and the actual result; undefined if the vector passed. */
  readonly difference: string | undefined
}

/** The result of {@link runVectors}. */
export interface VectorsReport {
  /** The number of vectors that passed. */
  readonly passed: number
  /** The reports of those that failed. */
  readonly failed: readonly VectorReport[]
}

/** Options for {@link runVector} and {@link runVectors}. */
export interface RunVectorOptions {
  /** The function to test. Default: `verify` from `@countersign/core`. Pass the `verify` of another build to test that. */
  readonly verify?: typeof verify
}

/** The compared part of a result. */
interface Verdict {
  readonly result: 'valid' | 'invalid'
  readonly code: string | undefined
  readonly authentic: boolean
  readonly delivery: VectorDelivery | undefined
}

/**
 * Runs one vector through `verify` with the vector's clock. A failing vector does not throw: check `passed`.
 *
 * @example
 * import { loadVectors, runVector } from '@countersign/testing'
 *
 * const [vector] = await loadVectors('test-vectors/vectors/github.json')
 * if (vector) console.log((await runVector(vector)).passed)
 */
export async function runVector(vector: Vector, options: RunVectorOptions = {}): Promise<VectorReport> {
  const stated = JSON.stringify(expectedVerdict(vector))
  const found = JSON.stringify(await verdictOf(vector, options.verify ?? verify))
  const passed = stated === found
  const title = `${vector.file} tcId ${vector.tcId} (${vector.comment})`
  return { vector, passed, difference: passed ? undefined : `${title}: stated ${stated}, found ${found}` }
}

/**
 * Runs vectors one after the other.
 *
 * @example
 * import { loadVectors, runVectors } from '@countersign/testing'
 *
 * const { passed, failed } = await runVectors(await loadVectors('test-vectors/vectors/github.json'))
 * console.log(`${passed} passed, ${failed.length} failed`)
 */
export async function runVectors(
  vectors: readonly Vector[],
  options: RunVectorOptions = {},
): Promise<VectorsReport> {
  const failed: VectorReport[] = []
  for (const vector of vectors) {
    const report = await runVector(vector, options)
    if (!report.passed) failed.push(report)
  }
  return { passed: vectors.length - failed.length, failed }
}

function expectedVerdict({ result, code, authentic, delivery }: Vector): Verdict {
  if (!delivery) return { result, code, authentic, delivery: undefined }
  const { secretId, id, event, timestamp } = delivery
  return { result, code, authentic, delivery: { secretId, id, event, timestamp } }
}

async function verdictOf(vector: Vector, verifyRequest: typeof verify): Promise<Verdict> {
  try {
    const delivery = await verifyRequest(vectorRequest(vector), vectorOptions(vector))
    return { result: 'valid', code: undefined, authentic: true, delivery: deliveryOf(delivery) }
  } catch (error) {
    if (!isWebhookError(error))
      return { result: 'invalid', code: String(error), authentic: false, delivery: undefined }
    const { authentic = false } = error as Partial<WebhookVerificationError>
    return { result: 'invalid', code: error.code, authentic, delivery: undefined }
  }
}

function deliveryOf({ secretId, id, event, timestamp }: VerifiedDelivery): VectorDelivery {
  return { secretId, id: id ?? null, event: event ?? null, timestamp: timestamp ?? null }
}
