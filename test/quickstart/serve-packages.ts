import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import type { PackedPackage } from '../../tools/pack-packages.js'

/** A local registry with the packages of this repository, so that `npm install` works as the pages show it. */
export interface PackageServer {
  /** Environment variables for npm. Only the suite's scope uses this registry; all other packages use the usual one. */
  readonly env: Readonly<Record<string, string>>
  readonly close: () => void
}

export async function servePackages(packages: readonly PackedPackage[]): Promise<PackageServer> {
  const files = new Map<string, () => Promise<string | Buffer>>()
  const server: Server = createServer(async ({ url = '' }, response) => {
    const read = files.get(decodeURIComponent(url))
    if (read) response.setHeader('content-type', 'application/json').end(await read())
    else response.writeHead(404).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  for (const { name, tarball, manifest } of packages) {
    const path = `/tarballs/${basename(tarball)}`
    const bytes = await readFile(tarball)
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
    const version = { ...manifest, dist: { tarball: `${origin}${path}`, integrity } }
    const about = {
      name,
      'dist-tags': { latest: manifest.version },
      versions: { [manifest.version]: version },
    }
    files.set(path, async () => bytes)
    files.set(`/${name}`, async () => JSON.stringify(about))
  }
  return { env: { 'npm_config_@countersign:registry': origin }, close: () => void server.close() }
}
