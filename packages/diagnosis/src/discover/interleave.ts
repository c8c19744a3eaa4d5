/** Yields from several searches in turn, so that a long search does not delay the first results of the others. */
export async function* interleave<TItem>(searches: readonly AsyncIterable<TItem>[]): AsyncGenerator<TItem> {
  let running = searches.map((search) => search[Symbol.asyncIterator]())
  while (running.length > 0) {
    for (const search of running) {
      const { done, value } = await search.next()
      if (done) running = running.filter((other) => other !== search)
      else yield value
    }
  }
}
