import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packPackages } from '../../../tools/pack-packages.js'

const run = promisify(execFile)
const yarn = createRequire(import.meta.url).resolve('@yarnpkg/cli-dist/bin/yarn.js')
let folder: string

const program = `
import { visibuild } from '@countersign/core/schemes'
import { webhook } from '@countersign/express'
import express from 'express'

const options = { scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }
express().post('/hook', webhook(options), (req, res) => {
  const { event, payload } = req.webhook
  if (event === 'ticket.status_changed') payload.data.change.to.toUpperCase()
  // @ts-expect-error no such field: the types are there
  req.webhook.nowhere
  res.sendStatus(204)
})
`

const compilerOptions = {
  module: 'nodenext',
  target: 'es2022',
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
}

/** With Plug'n'Play, a package can import only its declared dependencies, and peers only if the project has them. */
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-yarn-')))
  const packed = join(folder, 'packed')
  await mkdir(packed)
  const tarballs = await packPackages(packed)
  const wanted = tarballs.filter(({ name }) => /\/(core|express)$/.test(name))
  const own = Object.fromEntries(wanted.map(({ name, tarball }) => [name, `file:${tarball}`]))
  const project = join(folder, 'project')
  await mkdir(project)
  const dependencies = {
    ...own,
    express: '^5.0.0',
    typescript: '5.9.3',
    '@types/express': '^5.0.0',
    '@types/express-serve-static-core': '^5.0.0',
    '@types/node': '^20.19.0',
  }
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({ name: 'project', type: 'module', dependencies }),
  )
  await writeFile(join(project, 'program.ts'), program)
  await writeFile(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['program.ts'] }),
  )
  await writeFile(join(project, 'yarn.lock'), '')
  // The registry that npm uses.
  const registry = (await run('npm', ['config', 'get', 'registry'])).stdout.trim()
  const settings = {
    nodeLinker: 'pnp',
    npmRegistryServer: registry,
    unsafeHttpWhitelist: [new URL(registry).hostname],
    enableGlobalCache: false,
    enableTelemetry: false,
    enableImmutableInstalls: false,
  }
  await writeFile(join(project, '.yarnrc.yml'), JSON.stringify(settings))
  await runYarn('install')
}, 300_000)

afterAll(() => rm(folder, { recursive: true }))

function runYarn(...args: string[]) {
  return run(process.execPath, [yarn, ...args], {
    cwd: join(folder, 'project'),
    env: { ...process.env, NODE_OPTIONS: '', CI: '' },
  })
}

test("with Yarn's Plug'n'Play, TypeScript finds the type of req.webhook", async () => {
  const { stdout } = await runYarn('tsc', '-p', '.').catch(({ stdout, stderr }) => ({
    stdout: stdout + stderr,
  }))
  expect(stdout).toBe('')
})
