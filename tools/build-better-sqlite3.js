/**
 * Compiles better-sqlite3 if it is not compiled yet. pnpm does not run its install script, so that only a run of tests that need it
 * waits for the compiler.
 *
 * To run it alone: `node tools/build-better-sqlite3.js`. In a test run, `start-better-sqlite3.js` starts it, and the setup file
 * `test/support/needs-sqlite.ts` waits for it.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const buildTimeoutMs = 600_000
const folder = dirname(
  createRequire(new URL('../packages/store-sqlite/package.json', import.meta.url)).resolve(
    'better-sqlite3/package.json',
  ),
)

/** @typedef {{ readonly home: string, readonly flags: Readonly<Record<string, string>> }} Build where its `build` folder is, and for the compiler */

/**
 * The package itself. The default, -O3, takes about three times as long to compile, and tests do not need SQLite's full speed.
 *
 * @type {Build}
 */
export const forTests = { home: folder, flags: { CFLAGS: '-O0', CXXFLAGS: '-O0' } }

/**
 * A folder next to the package, for benchmarks: what users run. They open it with the option `nativeBinding`.
 *
 * @type {Build}
 */
export const optimised = { home: `${folder}.optimised`, flags: {} }

/** @param {Build} build */
export function bindingOf({ home }) {
  return join(home, 'build/Release/better_sqlite3.node')
}

/**
 * Compiles it if needed, or waits while another process compiles it. If two processes start at the same moment, each works in its own
 * copy, and the later result replaces an identical one.
 *
 * @returns {Promise<string | undefined>} why it is not there, where it cannot be compiled
 */
export async function buildBetterSqlite3(build = forTests) {
  const { home, flags } = build
  if (await loads(build)) return undefined
  if (isBeingBuilt(build)) {
    await endOfBuild(build)
    return (await loads(build)) ? undefined : 'another process compiled it, and it does not load'
  }
  const copy = `${home}.building-${process.pid}`
  // Directly after the check, without an await in between, so that no other call in this process can start, too.
  mkdirSync(copy, { recursive: true })
  try {
    await cp(folder, copy, { recursive: true, filter: (source) => source !== join(folder, 'build') })
    await run('npm', ['run', 'install'], {
      cwd: copy,
      env: { ...flags, ...process.env },
      timeout: buildTimeoutMs,
      maxBuffer: 2 ** 26,
    })
    await rm(join(home, 'build'), { recursive: true, force: true })
    await mkdir(home, { recursive: true })
    await rename(join(copy, 'build'), join(home, 'build')).catch(() => undefined)
  } catch (error) {
    return reasonOf(error)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
  return (await loads(build)) ? undefined : 'it was compiled, and it does not load'
}

/**
 * Waits for the compilation that another process has started, for tests that need it.
 *
 * @throws {Error} if the environment has COUNTERSIGN_REQUIRE_SERVICES=1 and it is still missing
 */
export async function waitForBetterSqlite3() {
  await endOfBuild(forTests)
  if (process.env.COUNTERSIGN_REQUIRE_SERVICES === '1' && !(await loads(forTests)))
    throw new Error('better-sqlite3 is not compiled: node tools/build-better-sqlite3.js')
}

/** @param {Build} build */
async function endOfBuild(build) {
  while (isBeingBuilt(build)) await sleep(200)
}

/**
 * Ignores the copy of a killed process.
 *
 * @param {Build} build
 */
function isBeingBuilt({ home }) {
  const prefix = `${basename(home)}.building-`
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

/**
 * Checked in another process, because a process that failed to load a binary may keep failing.
 *
 * @param {Build} build
 */
export async function loads(build) {
  const nativeBinding = bindingOf(build)
  if (!existsSync(nativeBinding)) return false
  const open = `new (require(${JSON.stringify(folder)}))(':memory:', ${JSON.stringify({ nativeBinding })}).close()`
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

/** @throws {Error} if the environment has COUNTERSIGN_REQUIRE_SERVICES=1 and it is not available */
export async function setup() {
  const reason = await buildBetterSqlite3()
  if (reason === undefined) return
  if (process.env.COUNTERSIGN_REQUIRE_SERVICES === '1') throw new Error(`better-sqlite3: ${reason}`)
  console.log(`SKIPPED: better-sqlite3: ${reason}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await setup()
