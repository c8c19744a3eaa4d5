import { existsSync, realpathSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packPackages } from '../../tools/pack-packages.js'

/** A folder outside the workspace with the packages as a package manager installs them. */
export interface Consumer {
  readonly folder: string
  readonly remove: () => Promise<void>
}

const programs = fileURLToPath(new URL('programs', import.meta.url))

/** The folder in which Node finds a package, even if its `exports` hide its package.json. */
function folderOf(name: string, from = import.meta.dirname): string {
  const places = createRequire(join(from, 'any.js')).resolve.paths(name) ?? []
  const found = places.map((place) => join(place, name)).find((folder) => existsSync(folder))
  if (!found) throw new Error(`${name} is not installed for ${from}.`)
  return realpathSync(found)
}

const fastifyAdapter = fileURLToPath(new URL('../../packages/fastify', import.meta.url))
const cli = fileURLToPath(new URL('../../packages/cli', import.meta.url))

/** The dependencies of the packages and the programs, in one flat folder as npm lays them out. */
const dependencies: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'better-sqlite3',
      'express',
      'fastify',
      'hono',
      'ioredis',
      'next',
      'pg',
      'postgres',
      'redis',
      '@types/better-sqlite3',
      '@types/express',
      '@types/node',
      '@types/pg',
    ].map((name) => [name, folderOf(name)]),
  ),
  ...Object.fromEntries(
    ['cli-progress', 'commander', 'junit-report-builder'].map((name) => [name, folderOf(name, cli)]),
  ),
  'fastify-plugin': folderOf('fastify-plugin', fastifyAdapter),
  '@types/express-serve-static-core': folderOf(
    '@types/express-serve-static-core',
    folderOf('@types/express'),
  ),
}

export async function installPackages(): Promise<Consumer> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-consumer-')))
  await packPackages(folder)
  await mkdir(join(folder, 'node_modules', '@types'))
  for (const [name, source] of Object.entries(dependencies))
    await symlink(source, join(folder, 'node_modules', name))
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  for (const name of await readdir(programs)) await copyFile(join(programs, name), join(folder, name))
  return { folder, remove: () => rm(folder, { recursive: true }) }
}
