import { readPruned } from './read-answer.js'
import { pruneStatement } from './statements/prune.js'
import type { Statement, StatementSettings } from './statements/statement.js'
import type { StatementRunner } from './statements/statement-runner.js'

/** Claims between two runs in the background. */
export const claimsPerRun = 1_000

/** Pages of 8 KiB for one statement: some thousand records. */
const pagesPerStatement = 64

/** More pages than a thousand claims fill, so that a run removes more than claims add. */
const statementsPerRun = 8

/**
 * Deletes forgotten records, page after page. There is no index to find them by: it would cost every claim more than reading
 * the table now and then.
 */
export class PostgresPruning {
  readonly #runner: StatementRunner
  readonly #statement: Statement
  #nextPage: number | undefined

  constructor(runner: StatementRunner, settings: StatementSettings) {
    this.#runner = runner
    this.#statement = pruneStatement(settings)
  }

  /** Reads the whole table, or stops when `limit` records are deleted. */
  async prune({ limit = Number.MAX_SAFE_INTEGER }: { readonly limit?: number } = {}): Promise<number> {
    let total = 0
    let page = 0
    while (total < limit) {
      const { end, deleted, pages } = await this.#pruneFrom(page, limit - total)
      total += deleted
      if (end >= pages) break
      page = end
    }
    return total
  }

  /** Continues where the last run ended. The first begins at a random page, so that several processes share the work. */
  async pruneSome(): Promise<void> {
    this.#nextPage ??= await this.#randomPage()
    for (let statements = 0; statements < statementsPerRun; statements += 1) {
      const { end, pages } = await this.#pruneFrom(this.#nextPage, Number.MAX_SAFE_INTEGER)
      this.#nextPage = end < pages ? end : 0
    }
  }

  async #randomPage(): Promise<number> {
    const { pages } = await this.#pruneFrom(0, 0)
    return Math.floor((Math.random() * pages) / pagesPerStatement) * pagesPerStatement
  }

  async #pruneFrom(page: number, limit: number) {
    const end = page + pagesPerStatement
    const [row] = await this.#runner.runAtTime(this.#statement, [String(page), String(end), String(limit)])
    return { end, ...readPruned(row) }
  }
}
