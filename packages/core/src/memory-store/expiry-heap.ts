/**
 * Allocates slots (small integers) and finds the one that may be removed first: a binary heap in typed arrays, 16 bytes
 * a slot. Times mostly increase, so adding one mostly takes a single comparison.
 */
export class ExpiryHeap {
  #size = 0
  #times = new Float64Array(0)
  /** The slots in use, as a heap, and behind them the unused ones. */
  #slots = new Uint32Array(0)
  /** The index of each slot in `#slots`. */
  #places = new Uint32Array(0)

  get size(): number {
    return this.#size
  }

  get capacity(): number {
    return this.#slots.length
  }

  /** When the first slot may be removed; `Infinity` if there is none. */
  get firstTime(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : this.#timeAt(0)
  }

  /** The slot to remove first, if there is one. */
  get firstSlot(): number | undefined {
    return this.#size === 0 ? undefined : this.#slots[0]
  }

  /** When a slot in use may be removed. */
  timeOf(slot: number): number {
    return this.#times[slot] ?? 0
  }

  grow(capacity: number): void {
    const used = this.capacity
    this.#times = copyInto(new Float64Array(capacity), this.#times)
    this.#slots = copyInto(new Uint32Array(capacity), this.#slots)
    this.#places = copyInto(new Uint32Array(capacity), this.#places)
    for (let place = used; place < capacity; place++) this.#put(place, place)
  }

  /** Allocates an unused slot; the caller must have grown the capacity. */
  add(time: number): number {
    const place = this.#size++
    const slot = this.#slots[place] ?? 0
    this.#times[slot] = time
    this.#rise(place)
    return slot
  }

  remove(slot: number): void {
    const place = this.#places[slot] ?? 0
    const last = --this.#size
    this.#swap(place, last)
    if (place === last) return
    this.#rise(place)
    this.#sink(place)
  }

  #rise(from: number): void {
    let place = from
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (this.#timeAt(parent) <= this.#timeAt(place)) return
      this.#swap(place, parent)
      place = parent
    }
  }

  #sink(from: number): void {
    let place = from
    for (;;) {
      let earliest = 2 * place + 1
      if (earliest >= this.#size) return
      const right = earliest + 1
      if (right < this.#size && this.#timeAt(right) < this.#timeAt(earliest)) earliest = right
      if (this.#timeAt(place) <= this.#timeAt(earliest)) return
      this.#swap(place, earliest)
      place = earliest
    }
  }

  #timeAt(place: number): number {
    return this.#times[this.#slots[place] ?? 0] ?? 0
  }

  #swap(a: number, b: number): void {
    const slotAtA = this.#slots[a] ?? 0
    this.#put(a, this.#slots[b] ?? 0)
    this.#put(b, slotAtA)
  }

  #put(place: number, slot: number): void {
    this.#slots[place] = slot
    this.#places[slot] = place
  }
}

function copyInto<T extends Float64Array | Uint32Array>(target: T, source: T): T {
  target.set(source)
  return target
}
