/** What several searches give, each in its turn: one that goes on for long keeps none of the others from its first finds. */
export async function* inTurns<TItem>(searches: readonly AsyncIterable<TItem>[]): AsyncGenerator<TItem> {
  let running = searches.map((search) => search[Symbol.asyncIterator]())
  while (running.length > 0) {
    for (const search of running) {
      const { done, value } = await search.next()
      if (done) running = running.filter((other) => other !== search)
      else yield value
    }
  }
}
