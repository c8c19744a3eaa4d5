/**
 * Compiles better-sqlite3 where that is missing. pnpm runs no install script of it, so that nobody waits for a compiler
 * but who runs tests that need it.
 *
 * By itself: `node tools/build-better-sqlite3.js`. In a run of the tests, `start-better-sqlite3.js` begins it, and the setup file
 * `test/support/needs-sqlite.ts` waits for it.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, readdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const buildTimeoutMs = 600_000
/** Tests need SQLite's answers, not its speed: -O3 takes the compiler twice as long. */
const flags = { CFLAGS: '-O1', CXXFLAGS: '-O1' }

/**
 * Compiles it, or waits while another process does, unless that is done. Where two begin at the same moment, each works in a copy,
 * and the later result replaces the same thing.
 *
 * @returns {Promise<string | undefined>} why it is not there, where it cannot be compiled
 */
export async function buildBetterSqlite3() {
  const folder = dirname(
    createRequire(new URL('../packages/store-sqlite/package.json', import.meta.url)).resolve(
      'better-sqlite3/package.json',
    ),
  )
  if (await loads(folder)) return undefined
  if (await isBuiltByOthers(folder)) {
    while (await isBuiltByOthers(folder)) await sleep(200)
    if (await loads(folder)) return undefined
  }
  const copy = `${folder}.building-${process.pid}`
  try {
    await cp(folder, copy, { recursive: true, filter: (source) => source !== join(folder, 'build') })
    await run('npm', ['run', 'install'], {
      cwd: copy,
      env: { ...flags, ...process.env },
      timeout: buildTimeoutMs,
      maxBuffer: 2 ** 26,
    })
    await rm(join(folder, 'build'), { recursive: true, force: true })
    await rename(join(copy, 'build'), join(folder, 'build')).catch(() => undefined)
  } catch (error) {
    return reasonOf(error)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
  return (await loads(folder)) ? undefined : 'it was compiled and does not load'
}

/**
 * The copy of a process that was killed does not count.
 *
 * @param {string} folder
 */
async function isBuiltByOthers(folder) {
  const prefix = `${basename(folder)}.building-`
  const names = await readdir(dirname(folder))
  return names.some((name) => name.startsWith(prefix) && isRunning(Number(name.slice(prefix.length))))
}

/** @param {number} pid */
function isRunning(pid) {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/**
 * Asked in another process: one that has failed to load a binary once may go on failing.
 *
 * @param {string} folder
 */
async function loads(folder) {
  if (!existsSync(join(folder, 'build'))) return false
  const open = `new (require(${JSON.stringify(folder)}))(':memory:').close()`
  return run(process.execPath, ['-e', open]).then(
    () => true,
    () => false,
  )
}

/** @param {unknown} error */
function reasonOf(error) {
  const { stderr = '', message } = /** @type {Error & { stderr?: string }} */ (error)
  const reason = /^gyp ERR! stack (.+)$/m.exec(stderr)?.[1] ?? message.split('\n')[0]
  return `it cannot be compiled: ${reason}`
}

/** @throws {Error} where the environment has COUNTERSIGN_REQUIRE_SERVICES=1 and it cannot be had */
export async function setup() {
  const reason = await buildBetterSqlite3()
  if (reason === undefined) return
  if (process.env.COUNTERSIGN_REQUIRE_SERVICES === '1') throw new Error(`better-sqlite3: ${reason}`)
  console.log(`SKIPPED: better-sqlite3: ${reason}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await setup()
