import type { Vector } from '@countersign/testing'
import type { ContractCase } from './contract-case.js'

/** A case or vectors that an adapter cannot pass. They must fail: if they pass, the exception is stale and the suite fails. */
export type ContractException = {
  /** Why the adapter or its platform cannot pass. */
  readonly reason: string
} & (
  | {
      /** The case's exact name. */
      readonly case: string
    }
  | {
      /** The comment of the vectors that cannot pass. */
      readonly vector: string
      /** The name of their file without `.json`. Default: every file. */
      readonly file?: string
    }
)

/** Milliseconds to wait for an answer to a request that must fail: shorter, because it may never come. */
export const exceptionTimeoutMs = 1000

/** The name of an exception in a report. */
export function nameException(exception: ContractException): string {
  if ('case' in exception) return exception.case
  return `vector: ${exception.file === undefined ? '' : `${exception.file}: `}${exception.vector}`
}

/** @throws Error if an exception names nothing that exists, appears twice or has no reason */
export function checkExceptions(
  exceptions: readonly ContractException[],
  { cases, vectors }: { readonly cases: readonly ContractCase[]; readonly vectors: readonly Vector[] },
): void {
  const seen = new Set<string>()
  for (const exception of exceptions) {
    const name = nameException(exception)
    const exists =
      'case' in exception
        ? cases.some((contractCase) => isExcepted(exception, contractCase))
        : vectors.some((vector) => isExceptedVector(exception, vector))
    if (!exists) throw new Error(`There is an exception for "${name}", which the contract does not have.`)
    if (seen.has(name)) throw new Error(`There are two exceptions for "${name}".`)
    if (exception.reason.trim() === '') throw new Error(`The exception for "${name}" gives no reason.`)
    seen.add(name)
  }
}

export function isExcepted(exception: ContractException, { name }: Pick<ContractCase, 'name'>): boolean {
  return 'case' in exception && exception.case === name
}

export function isExceptedVector(exception: ContractException, { comment, file }: Vector): boolean {
  if ('case' in exception || exception.vector !== comment) return false
  return exception.file === undefined || exception.file === file
}

/** Runs what must fail. @throws Error if it passes */
export async function expectFailure(exception: ContractException, run: () => Promise<void>): Promise<void> {
  const passed = await run().then(
    () => true,
    () => false,
  )
  if (passed) throw new Error(describeStale(exception))
}

/** The message for an exception whose case passes. */
export function describeStale({ reason }: ContractException): string {
  return `it passes: the exception is stale (${reason})`
}
