import { spawnSync } from 'node:child_process'

const isThere = ['redis-server', 'redis-cli'].every(
  (program) => spawnSync(program, ['--version']).status === 0,
)

if (!isThere) {
  const problem = 'redis-server and redis-cli are not installed'
  if (process.env.COUNTERSIGN_REQUIRE_SERVICES === '1') throw new Error(problem)
  process.stdout.write(`SKIPPED: tests of the Redis store: ${problem}\n`)
}

/** For `describe.skipIf`: the tests start servers of their own, and there is none to start. */
export const noRedis = !isThere
