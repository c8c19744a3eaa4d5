import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * A package as it would be published: `manifest` is the one inside the tarball, `content` the folder it was unpacked to.
 *
 * @typedef {{ name: string, tarball: string, content: string, source: string, manifest: Record<string, any> }} PackedPackage
 */

/**
 * Packs every package of the workspace as `pnpm publish` would, with `workspace:` ranges replaced, and unpacks it
 * next to the tarball. The packages must be built with types.
 *
 * @param {string} destination an existing folder
 * @returns {Promise<PackedPackage[]>}
 */
export async function packPackages(destination) {
  const packages = join(root, 'packages')
  const names = await readdir(packages)
  const sources = [...names.sort().map((name) => join(packages, name)), join(root, 'test-vectors')]
  return Promise.all(sources.map((source) => packPackage(source, destination)))
}

/**
 * @param {string} source
 * @param {string} destination
 * @returns {Promise<PackedPackage>}
 */
async function packPackage(source, destination) {
  const { stdout } = await run(
    'npx',
    ['-y', 'pnpm@12', 'pack', '--json', '--pack-destination', destination],
    { cwd: source },
  )
  /** @type {{ name: string, filename: string }} */
  const { name, filename: tarball } = JSON.parse(stdout)
  const content = join(destination, 'node_modules', name)
  await mkdir(content, { recursive: true })
  await run('tar', ['-xzf', tarball, '-C', content, '--strip-components=1'])
  return {
    name,
    tarball,
    content,
    source,
    manifest: JSON.parse(await readFile(join(content, 'package.json'), 'utf8')),
  }
}
