/**
 * Interns strings that many records share, such as an event's name or an error code: each is stored once and has a small
 * integer. A string that no record uses any more is dropped, since a sender may invent a new one for each event. 0 means none.
 */
export class TextPool {
  readonly #numbers = new Map<string, number>()
  readonly #texts: (string | undefined)[] = [undefined]
  /** The number of uses of each. */
  readonly #uses: number[] = [0]
  readonly #unused: number[] = []

  /** The number of strings held. */
  get size(): number {
    return this.#numbers.size
  }

  /** Returns the number of a string and counts one more use. */
  acquire(text: string | undefined): number {
    if (text === undefined) return 0
    const number = this.#numbers.get(text) ?? this.#add(text)
    this.#uses[number] = (this.#uses[number] ?? 0) + 1
    return number
  }

  read(number: number): string | undefined {
    return this.#texts[number]
  }

  /** Counts one use less. */
  release(number: number): void {
    if (number === 0) return
    const uses = (this.#uses[number] ?? 0) - 1
    this.#uses[number] = uses
    if (uses > 0) return
    this.#numbers.delete(this.#texts[number] ?? '')
    this.#texts[number] = undefined
    this.#unused.push(number)
  }

  #add(text: string): number {
    const number = this.#unused.pop() ?? this.#texts.length
    this.#texts[number] = text
    this.#uses[number] = 0
    this.#numbers.set(text, number)
    return number
  }
}
