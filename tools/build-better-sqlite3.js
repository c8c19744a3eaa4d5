/**
 * Compiles better-sqlite3 where that is missing. pnpm runs no install script of it, so that nobody waits for a compiler
 * but who runs tests that need it.
 *
 * By itself: `node tools/build-better-sqlite3.js`. In a run of the tests, `start-better-sqlite3.js` begins it, and the setup file
 * `test/support/needs-sqlite.ts` waits for it.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { cp, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const buildTimeoutMs = 600_000
/** Tests need SQLite's answers, not its speed: -O3 takes the compiler twice as long. */
const flags = { CFLAGS: '-O1', CXXFLAGS: '-O1' }

const folder = dirname(
  createRequire(new URL('../packages/store-sqlite/package.json', import.meta.url)).resolve(
    'better-sqlite3/package.json',
  ),
)

/**
 * Compiles it, or waits while somebody else does, unless that is done. Where two processes begin at the same moment, each works in a
 * copy, and the later result replaces the same thing.
 *
 * @returns {Promise<string | undefined>} why it is not there, where it cannot be compiled
 */
export async function buildBetterSqlite3() {
  if (await loads()) return undefined
  if (isBeingBuilt()) {
    await endOfBuild()
    return (await loads()) ? undefined : 'it was compiled beside this process, and does not load'
  }
  const copy = `${folder}.building-${process.pid}`
  // At once after the question, so that nobody in this process comes between.
  mkdirSync(copy, { recursive: true })
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
  return (await loads()) ? undefined : 'it was compiled and does not load'
}

/**
 * For tests that need it, after somebody has begun to compile it.
 *
 * @throws {Error} where the environment has COUNTERSIGN_REQUIRE_SERVICES=1 and it is not there in the end
 */
export async function waitForBetterSqlite3() {
  await endOfBuild()
  if (process.env.COUNTERSIGN_REQUIRE_SERVICES === '1' && !(await loads()))
    throw new Error('better-sqlite3 is not compiled: node tools/build-better-sqlite3.js')
}

async function endOfBuild() {
  while (isBeingBuilt()) await sleep(200)
}

/** The copy of a process that was killed does not count. */
function isBeingBuilt() {
  const prefix = `${basename(folder)}.building-`
  const names = readdirSync(dirname(folder))
  return names.some((name) => name.startsWith(prefix) && isRunning(Number(name.slice(prefix.length))))
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Asked in another process: one that has failed to load a binary once may go on failing. */
async function loads() {
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
