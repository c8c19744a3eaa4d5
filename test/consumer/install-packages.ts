import { copyFile, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packPackages } from '../../tools/pack-packages.js'

/** A folder outside the workspace with the packages as a package manager would have put them there. */
export interface Consumer {
  readonly folder: string
  readonly remove: () => Promise<void>
}

const programs = fileURLToPath(new URL('programs', import.meta.url))
const manifestOf = (name: string, from = import.meta.url) =>
  createRequire(from).resolve(`${name}/package.json`)

/** What the packages and the programs need beside the packages themselves, side by side as npm lays it out. */
const dependencies = [
  ...['express', 'raw-body', '@types/express', '@types/node'].map(
    (name) => [name, manifestOf(name)] as const,
  ),
  [
    '@types/express-serve-static-core',
    manifestOf('@types/express-serve-static-core', manifestOf('@types/express')),
  ],
] as const

export async function installPackages(): Promise<Consumer> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-consumer-')))
  await packPackages(folder)
  await mkdir(join(folder, 'node_modules', '@types'))
  for (const [name, manifest] of dependencies)
    await symlink(dirname(manifest), join(folder, 'node_modules', name))
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  for (const name of await readdir(programs)) await copyFile(join(programs, name), join(folder, name))
  return { folder, remove: () => rm(folder, { recursive: true }) }
}
