/** A generator of random numbers that repeats itself with its seed (mulberry32), for properties. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let value = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) % limit
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0]
  }

  bytes(maxLength: number): Uint8Array {
    return Uint8Array.from({ length: this.below(maxLength + 1) }, () => this.below(256))
  }

  /** Characters from an alphabet. */
  text(alphabet: string, minLength: number, maxLength: number): string {
    const length = minLength + this.below(maxLength - minLength + 1)
    return Array.from({ length }, () => alphabet[this.below(alphabet.length)]).join('')
  }
}
