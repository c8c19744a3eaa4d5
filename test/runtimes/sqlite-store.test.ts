import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { obtainRuntime } from './obtain-runtime.js'
import { type RuntimeName, runtimes } from './runtimes.js'

const runtime = process.env.COUNTERSIGN_RUNTIME as RuntimeName
const path = (await obtainRuntime(runtime)) ?? ''
const program = fileURLToPath(new URL('programs/sqlite-store.js', import.meta.url))

/** Deno needs permissions to use files. */
const args = runtime === 'deno' ? ['run', '--no-prompt', '--allow-all', program] : [program]

test.skipIf(path === '')(
  `the store passes its contract on the SQLite of ${runtimes[runtime].title}`,
  {
    timeout: 300_000,
  },
  async () => {
    const lines = await outputOf(path, args)
    const results = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
    expect(results.filter(({ error }) => error !== undefined)).toEqual([])
    expect(lines.at(-1)).toMatch(/^contract: SQLite of the runtime: \d+ cases pass/)
  },
)

// Not tested with the pages' other blocks, because those also run on Node 20.
test.skipIf(path === '' || !runtime.startsWith('node-'))(
  `the page's program runs on ${runtimes[runtime].title}`,
  async () => {
    const page = await readFile(new URL('../../docs/stores/sqlite.md', import.meta.url), 'utf8')
    const code = /^```js\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? ''
    const folder = await mkdtemp(join(tmpdir(), 'countersign-sqlite-'))
    try {
      const lines = await outputOf(path, ['--input-type=module', '--eval', code], {
        DATABASE_FILE: join(folder, 'app.db'),
        VISIBUILD_SECRET: 'visibuild-secret-for-the-pages-32',
      })
      expect(lines.join(' ')).toContain('completed: 0')
    } finally {
      await rm(folder, { recursive: true })
    }
  },
)

async function outputOf(
  binary: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  // A program without a file resolves packages from its working directory.
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const options = { cwd, maxBuffer: 2 ** 24, env: { ...process.env, ...variables } }
  return new Promise((resolve, reject) => {
    execFile(binary, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`The program failed: ${stderr || error.message}\n${stdout}`))
      else resolve(stdout.trim().split('\n'))
    })
  })
}
