import type { Vector } from '@countersign/testing'
import type { ContractCase } from './contract-case.js'

/** What an adapter cannot pass. It must fail: when it passes, the exception is stale, and the suite says so. */
export type ContractException = {
  /** Why the adapter, or the platform under it, cannot do better. */
  readonly reason: string
} & (
  | {
      /** The case's exact name. */
      readonly case: string
    }
  | {
      /** The comment of the vectors that cannot pass, */
      readonly vector: string
      /** and the file they are in. Default: every file. */
      readonly file?: string
    }
)

/** Milliseconds to wait for an answer to what must fail: less than for what must not. */
export const lostMs = 1000

/** How an exception is called in a report. */
export function nameException(exception: ContractException): string {
  if ('case' in exception) return exception.case
  return `vector: ${exception.file === undefined ? '' : `${exception.file}: `}${exception.vector}`
}

/** @throws Error where an exception names what does not exist, comes twice, or gives no reason */
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
    if (!exists) throw new Error(`The contract knows no "${name}", for which there is an exception.`)
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

/** Runs what must fail. @throws Error where it passes */
export async function expectFailure(exception: ContractException, run: () => Promise<void>): Promise<void> {
  const passed = await run().then(
    () => true,
    () => false,
  )
  if (passed) throw new Error(staleness(exception))
}

/** What is said of an exception for what passes. */
export function staleness({ reason }: ContractException): string {
  return `it passes: the exception is stale (${reason})`
}
