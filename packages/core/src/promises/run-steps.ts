import type { MaybePromise } from './maybe-promise.js'

/**
 * Steps of which some may have to wait: `yield` a promise to get its value, like `await`. The value has the type that the variable
 * declares.
 */
export type Steps<T> = Generator<Promise<unknown>, T, never>

/**
 * Runs steps to their end, and is synchronous as long as none waits. An async function returns a promise even then, and each caller
 * would pay for it: with node:crypto and a store in memory, nothing waits but the body.
 */
export function runSteps<T>(steps: Steps<T>): MaybePromise<T> {
  const step = steps.next()
  return step.done ? step.value : awaitSteps(steps, step.value)
}

async function awaitSteps<T>(steps: Steps<T>, first: Promise<unknown>): Promise<T> {
  for (let waiting = first; ; ) {
    let next: () => IteratorResult<Promise<unknown>, T>
    try {
      const value = await waiting
      next = () => steps.next(value as never)
    } catch (error) {
      next = () => steps.throw(error)
    }
    const step = next()
    if (step.done) return step.value
    waiting = step.value
  }
}
