/**
 * Why: a dedupe store is correct only if no event is lost or handled twice while processes die and databases fail. No
 * test of a single operation shows that. So this program sends thousands of events, by a real sender's schedule, to
 * several receivers on one store, kills and slows down processes and servers, and then compares the answers, the effects
 * and the store's records. docs/stores/faults.md says what it proves.
 *
 * It runs the built packages: run `pnpm build:js` first.
 */
import { startPostgres } from './backends/postgres.js'
import { startRedis } from './backends/redis.js'
import { startSqlite } from './backends/sqlite.js'
import { createRunSettings } from './create-run-settings.js'
import { readArguments } from './read-arguments.js'
import { renderAnswers, renderHead, renderResult } from './render-result.js'
import { renderViolations } from './render-violations.js'
import { runOnce } from './run-once.js'
import { withTimeout } from './with-timeout.js'

const starters = { redis: startRedis, postgres: startPostgres, sqlite: startSqlite }

const args = process.argv.slice(2)
const options = readArguments(args)
const again = args.filter(
  (arg, index) => !arg.startsWith('--seed=') && ![arg, args[index - 1]].includes('--seed'),
)
console.log(
  `seed ${options.seeds[0]}; to repeat it: pnpm test:faults --seed ${options.seeds[0]} ${again.join(' ')}\n`,
)
console.log(renderHead())

const stores = [...new Set(options.runs.map((run) => run.store))]
// A short run mostly waits, so several can run at the same time.
if (options.isQuick) await Promise.all(stores.map(runStore))
else for (const store of stores) await runStore(store)
process.exit()

/** @param {import('./types.js').StoreName} store */
async function runStore(store) {
  const backend = await starters[store]()
  if (typeof backend === 'string') {
    console.log(`SKIPPED: ${store}: ${backend}.`)
    if (process.env.COUNTERSIGN_REQUIRE_SERVICES === '1') process.exitCode = 1
    return
  }
  try {
    for (const seed of options.seeds) {
      for (const { form } of options.runs.filter((run) => run.store === store)) {
        await report(createRunSettings(options, { store, form, seed }), backend)
      }
    }
  } finally {
    await withTimeout(30_000, backend.stop(), () => `${store} did not stop`)
  }
}

/**
 * @param {import('./types.js').RunSettings} run
 * @param {import('./types.js').Backend} backend
 */
async function report(run, backend) {
  try {
    const result = await runOnce(run, backend, options)
    console.log(renderResult(result))
    console.log(renderAnswers(result))
    if (options.keep) console.log(`  kept in ${result.folder}`)
    if (result.verdict.violations.length === 0) return
    console.log(renderViolations(result))
  } catch (error) {
    console.log(`${run.store} ${run.form} seed ${run.seed}: FAILED: ${Object(error).stack ?? error}`)
  }
  process.exitCode = 1
}
