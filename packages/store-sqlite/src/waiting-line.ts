import { isBusy } from './driver.js'

interface Waiting {
  readonly deadline: number
  /** Runs the operation and settles its promise; where it is still busy, gives the error instead. */
  readonly attempt: () => { readonly busy: unknown } | undefined
  readonly reject: (error: unknown) => void
}

/** How long operations may run one after the other before others get a turn. */
const turnMs = 25
const shortestPauseMs = 5
const longestPauseMs = 35

/**
 * Operations that found the file locked, in their order. Only the first is tried, so that a hundred of them block the
 * process no longer than one would.
 */
export class WaitingLine {
  readonly #timeoutMs: number
  readonly #line: Waiting[] = []
  readonly #whenEmpty: (() => void)[] = []

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs
  }

  get isEmpty(): boolean {
    return this.#line.length === 0
  }

  /** Resolves when nothing waits any longer. */
  async drained(): Promise<void> {
    if (!this.isEmpty) await new Promise<void>((resolve) => this.#whenEmpty.push(resolve))
  }

  /** Rejects with what the operation throws; with its being busy, only when the time is up. */
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
      this.#line.push({ deadline: performance.now() + this.#timeoutMs, attempt, reject })
      if (this.#line.length === 1) this.#serveIn(pause())
    })
  }

  #serveIn(delayMs: number): void {
    setTimeout(() => this.#serve(), delayMs)
  }

  #serve(): void {
    const endOfTurn = performance.now() + turnMs
    for (let first = this.#line[0]; first; first = this.#line[0]) {
      const refused = first.attempt()
      if (refused) {
        this.#expire(refused.busy)
        break
      }
      this.#line.shift()
      if (performance.now() >= endOfTurn) break
    }
    if (!this.isEmpty) this.#serveIn(pause())
    else for (const resolve of this.#whenEmpty.splice(0)) resolve()
  }

  /** What has waited long enough need not be tried: the file was locked a moment ago. */
  #expire(busy: unknown): void {
    const now = performance.now()
    while (this.#line[0] && now >= this.#line[0].deadline) this.#line.shift()?.reject(busy)
  }
}

/** Different from process to process, or they would meet at the lock again and again. */
function pause(): number {
  return shortestPauseMs + Math.random() * (longestPauseMs - shortestPauseMs)
}
