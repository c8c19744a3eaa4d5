/**
 * Headers as a flat list of names and values, like `rawHeaders` of `node:http`. They are read in place, without a pair
 * for each header.
 */
export class RawHeaders implements Iterable<readonly [name: string, value: string]> {
  /** Names at even places, each with its value after it. */
  readonly list: readonly string[]

  constructor(list: readonly string[]) {
    this.list = list
  }

  *[Symbol.iterator](): Generator<readonly [name: string, value: string], void> {
    for (let at = 0; at < this.list.length; at += 2) yield [this.list[at] ?? '', this.list[at + 1] ?? '']
  }
}
