import { noAnswer, noRow, type PostgresRecords } from './postgres-records.js'
import { pruneStatement } from './statements/prune.js'
import type { StatementSettings } from './statements/statement.js'

/** Pages of 8 KiB for one statement: some thousand records. */
const pagesAtOnce = 64

/** Deletes what is forgotten, page after page. */
export interface Pruner {
  /** Goes through the whole table, or until so many are deleted. */
  readonly prune: (options?: { readonly limit?: number }) => Promise<number>
  /** Goes on where it ended last time, for some more pages than a thousand claims fill. */
  readonly pruneSome: () => Promise<void>
}

/**
 * Without an index to find them by: that would cost every claim more than looking through the table now and then does. Several
 * processes begin in different places.
 */
export function createPruner(records: PostgresRecords, settings: StatementSettings): Pruner {
  const statement = pruneStatement(settings)
  let nextPage: number | undefined

  const pruneFrom = async (page: number, limit: number) => {
    const end = page + pagesAtOnce
    const [row] = await records.rowsOf(statement, [String(page), String(end), String(limit)])
    const [, deleted, pages] = /^(\d+) (\d+)$/.exec(row ?? noRow(statement)) ?? []
    if (deleted === undefined) throw noAnswer('prune')
    return { end, deleted: Number(deleted), pages: Number(pages) }
  }

  return {
    async prune({ limit = Number.MAX_SAFE_INTEGER } = {}) {
      let gone = 0
      let page = 0
      while (gone < limit) {
        const { end, deleted, pages } = await pruneFrom(page, limit - gone)
        gone += deleted
        if (end >= pages) break
        page = end
      }
      return gone
    },
    async pruneSome() {
      if (nextPage === undefined) {
        const { pages } = await pruneFrom(0, 0)
        nextPage = Math.floor((Math.random() * pages) / pagesAtOnce) * pagesAtOnce
      }
      for (let statements = 0; statements < 8; statements += 1) {
        const { end, pages } = await pruneFrom(nextPage, Number.MAX_SAFE_INTEGER)
        nextPage = end < pages ? end : 0
      }
    },
  }
}
