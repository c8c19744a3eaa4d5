import { isBusy } from '../describe-failure.js'

interface Waiting {
  readonly deadline: number
  /** Runs the operation and settles its promise; if the file is still locked, returns that error instead. */
  readonly attempt: () => { readonly busy: unknown } | undefined
  readonly reject: (error: unknown) => void
}

/** How long operations may run one after the other before the event loop gets a turn. */
const turnMs = 25
const shortestPauseMs = 5
const longestPauseMs = 35

/**
 * Operations that found the file locked, in their order. Only the first is tried, so that a hundred block the process no
 * longer than one.
 */
export class LockQueue {
  readonly #timeoutMs: number
  readonly #waiting: Waiting[] = []
  readonly #whenEmpty: (() => void)[] = []

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  /** Resolves when the queue is empty. */
  async drained(): Promise<void> {
    if (!this.isEmpty) await new Promise<void>((resolve) => this.#whenEmpty.push(resolve))
  }

  /** Rejects with what the operation throws; with the error of a locked file only after the timeout. */
  add<T>(run: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const attempt = () => {
        try {
          resolve(run())
        } catch (error) {
          if (isBusy(error)) return { busy: error }
          reject(error)
        }
      }
      this.#waiting.push({ deadline: performance.now() + this.#timeoutMs, attempt, reject })
      if (this.#waiting.length === 1) this.#serveIn(pause())
    })
  }

  #serveIn(delayMs: number): void {
    setTimeout(() => this.#serve(), delayMs)
  }

  #serve(): void {
    const endOfTurn = performance.now() + turnMs
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      const refused = first.attempt()
      if (refused) {
        this.#expire(refused.busy)
        break
      }
      this.#waiting.shift()
      if (performance.now() >= endOfTurn) break
    }
    if (!this.isEmpty) this.#serveIn(pause())
    else for (const resolve of this.#whenEmpty.splice(0)) resolve()
  }

  /** Operations whose time is up need not be tried: the file was locked a moment ago. */
  #expire(busy: unknown): void {
    const now = performance.now()
    while (this.#waiting[0] && now >= this.#waiting[0].deadline) this.#waiting.shift()?.reject(busy)
  }
}

/** A random time, or several processes would meet at the lock again and again. */
function pause(): number {
  return shortestPauseMs + Math.random() * (longestPauseMs - shortestPauseMs)
}
