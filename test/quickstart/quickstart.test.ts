import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { packPackages } from '../../tools/pack-packages.js'
import { listPages } from '../docs/read-blocks.js'
import { followPage } from './follow-page.js'
import { readSteps } from './read-steps.js'
import { type PackageServer, servePackages } from './serve-packages.js'

const pages = listPages().filter((page) => page.startsWith('docs/quickstart/'))

/** Each page must show a delivery that arrives, a forgery that is refused, and a type check. */
test.each(pages)('%s shows everything that a quickstart must show', (page) => {
  const steps = readSteps(page)
  const shown = steps.flatMap((step) => (step.do === 'expect' ? step.text.split('\n') : []))
  expect(shown).toContainEqual(expect.stringMatching(/^20\d\b/))
  expect(shown).toContainEqual(expect.stringMatching(/^invoice\.paid evt_…$/))
  expect(shown).toContainEqual(expect.stringMatching(/^401\b/))
  expect(steps).toContainEqual(expect.objectContaining({ do: 'run', commands: ['npx tsc'] }))
})

test('there is a quickstart for every adapter', () => {
  expect(pages.map((page) => page.replace(/^.*\/|\.md$/g, ''))).toEqual([
    'bun',
    'deno',
    'express',
    'fastify',
    'hono',
    'lambda',
    'next',
    'node-http',
  ])
})

describe('from an empty folder to a verified delivery', () => {
  let home: string
  let packages: PackageServer
  const times: string[] = []

  beforeAll(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), 'countersign-quickstart-')))
    const packed = join(home, 'packed')
    await mkdir(packed)
    packages = await servePackages(await packPackages(packed))
  }, 600_000)

  afterAll(async () => {
    console.log(['seconds from an empty folder to the first verified delivery:', ...times].join('\n  '))
    packages?.close()
    if (home) await rm(home, { recursive: true, force: true })
  }, 60_000)

  test.each(pages)('%s, followed literally', { timeout: 900_000 }, async (page) => {
    const folder = join(home, page.replaceAll(/\W/g, '-'))
    await mkdir(folder)
    onTestFinished(() => rm(folder, { recursive: true, force: true }), 60_000)
    const { secondsToFirstDelivery } = await followPage(readSteps(page), {
      folder,
      port: await freePort(),
      env: { ...environment(), ...packages.env },
    })
    times.push(`${page}: ${secondsToFirstDelivery.toFixed(1)}`)
  })
})

/** The environment of a user's terminal, without the variables of the test runner and of package managers. */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_(?!config_)|npm_config_user_agent$|PNPM_|VITEST|NODE_ENV$|NODE_OPTIONS$|NODE_PATH$|PORT$|CI$|INIT_CWD$|TEST$)|_SECRET$/.test(
        name,
      ),
  )
  return {
    ...Object.fromEntries(inherited),
    NO_COLOR: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
