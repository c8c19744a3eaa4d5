/**
 * Texts that many records have, each held once and named by a small integer: an event's name, an error code. A text that no
 * record has any more is dropped, since a sender may make up a new one for each event. 0 stands for none.
 */
export class TextPool {
  readonly #numbers = new Map<string, number>()
  readonly #texts: (string | undefined)[] = [undefined]
  /** How often each is taken. */
  readonly #uses: number[] = [0]
  readonly #unused: number[] = []

  /** How many texts it holds. */
  get size(): number {
    return this.#numbers.size
  }

  /** The number of a text, taken once more. */
  acquire(text: string | undefined): number {
    if (text === undefined) return 0
    const number = this.#numbers.get(text) ?? this.#add(text)
    this.#uses[number] = (this.#uses[number] ?? 0) + 1
    return number
  }

  read(number: number): string | undefined {
    return this.#texts[number]
  }

  /** Gives a number back that was taken. */
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
