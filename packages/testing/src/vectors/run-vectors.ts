import {
  isWebhookError,
  type VerifiedDelivery,
  verify,
  type WebhookVerificationError,
} from '@countersign/core'
import type { Vector } from './load-vectors.js'
import { vectorOptions, vectorRequest } from './read-vector.js'
import type { VectorDelivery } from './vector-file.js'

/** What a run of one vector gave. */
export interface VectorReport {
  readonly vector: Vector
  readonly passed: boolean
  /** What was stated and what came instead; undefined where the vector passed. */
  readonly difference: string | undefined
}

/** What a run of many gave. */
export interface VectorsReport {
  readonly passed: number
  readonly failed: readonly VectorReport[]
}

/** How vectors are run. */
export interface RunVectorOptions {
  /** What is tested. Default: `verify` of `@countersign/core`. Pass another build of it to test that one. */
  readonly verify?: typeof verify
}

/** What is compared. */
interface Verdict {
  readonly result: 'valid' | 'invalid'
  readonly code: string | undefined
  readonly authentic: boolean
  readonly delivery: VectorDelivery | undefined
}

/** Runs one vector through `verify` with the vector's clock. Never throws for a vector that fails. */
export async function runVector(vector: Vector, options: RunVectorOptions = {}): Promise<VectorReport> {
  const stated = JSON.stringify(statedBy(vector))
  const found = JSON.stringify(await verdictOf(vector, options.verify ?? verify))
  const passed = stated === found
  const title = `${vector.file} tcId ${vector.tcId} (${vector.comment})`
  return { vector, passed, difference: passed ? undefined : `${title}: stated ${stated}, found ${found}` }
}

/** Runs all vectors, one after the other. */
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

function statedBy({ result, code, authentic, delivery }: Vector): Verdict {
  if (!delivery) return { result, code, authentic, delivery: undefined }
  const { secretId, id, event, timestamp } = delivery
  return { result, code, authentic, delivery: { secretId, id, event, timestamp } }
}

async function verdictOf(vector: Vector, verifyRequest: typeof verify): Promise<Verdict> {
  try {
    const delivery = await verifyRequest(vectorRequest(vector), vectorOptions(vector))
    return { result: 'valid', code: undefined, authentic: true, delivery: toldBy(delivery) }
  } catch (error) {
    if (!isWebhookError(error))
      return { result: 'invalid', code: String(error), authentic: false, delivery: undefined }
    const { authentic = false } = error as Partial<WebhookVerificationError>
    return { result: 'invalid', code: error.code, authentic, delivery: undefined }
  }
}

function toldBy({ secretId, id, event, timestamp }: VerifiedDelivery): VectorDelivery {
  return { secretId, id: id ?? null, event: event ?? null, timestamp: timestamp ?? null }
}
