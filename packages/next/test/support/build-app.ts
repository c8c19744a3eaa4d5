import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ContractGroup } from '@countersign/conformance'

const run = promisify(execFile)
const packages = new URL('../../../', import.meta.url)
const source = new URL('../app/', import.meta.url)

/** The dependency of this package: the current major, or the previous one. */
export type NextPackage = 'next' | 'next15'

/**
 * Copies the application in `test/app`, installs our packages as a user does, and builds it with `next build`, without a secret in
 * its environment.
 *
 * @returns its folder
 */
export async function buildApp(next: NextPackage, groups: readonly ContractGroup[]): Promise<URL> {
  const app = new URL(`next/.next/${next}/`, packages)
  await rm(app, { recursive: true, force: true })
  await cp(source, app, { recursive: true })
  await writeFile(new URL('package.json', app), '{ "private": true, "type": "module" }\n')
  // Parsed at run time: the compiler would infer a type for every vector's scheme.
  const json = JSON.stringify(JSON.stringify(groups))
  await writeFile(new URL('lib/groups.js', app), `export const groups = JSON.parse(${json})\n`)
  const modules = new URL('node_modules/', app)
  await mkdir(modules)
  await symlink(new URL(`next/node_modules/${next}`, packages), new URL('next', modules))
  for (const name of ['core', 'next', 'testing'])
    await installPackage(name, new URL(`@countersign/${name}/`, modules))
  await runNext(app, ['build'])
  return app
}

/** What it publishes, and the sources, whose types are used if there are no built ones. */
async function installPackage(name: string, destination: URL): Promise<void> {
  const folder = new URL(`${name}/`, packages)
  if (!existsSync(new URL('dist/', folder)))
    throw new Error(
      `packages/${name}/dist is missing: Next.js uses the built packages, as users do. Run pnpm build:js.`,
    )
  for (const part of ['package.json', 'dist', 'src'])
    await cp(new URL(part, folder), new URL(part, destination), { recursive: true })
}

async function runNext(app: URL, args: readonly string[]): Promise<void> {
  const { NODE_OPTIONS: _, ...env } = process.env
  await run(process.execPath, [nextBin, ...args], {
    cwd: fileURLToPath(app),
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', CI: '1' },
  }).catch(({ stdout, stderr }) => {
    throw new Error(`next ${args.join(' ')} failed:\n${stdout}\n${stderr}`)
  })
}

/** The command of the application's own Next. */
export const nextBin = 'node_modules/next/dist/bin/next'

/** The version of Next that runs. */
export async function readNextVersion(app: URL): Promise<string> {
  return JSON.parse(await readFile(new URL('node_modules/next/package.json', app), 'utf8')).version
}
