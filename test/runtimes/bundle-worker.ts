import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const folder = fileURLToPath(
  new URL('../../node_modules/.cache/countersign-runtimes/worker/', import.meta.url),
)

/**
 * Bundles a worker as wrangler does, without its `nodejs_compat`: whatever needs Node fails here.
 *
 * @returns the path of the configuration, which lies beside the bundle
 */
export async function bundleWorker(entry: string, configuration: string): Promise<string> {
  await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*'],
    outfile: join(folder, 'worker.js'),
    logLevel: 'error',
  })
  await copyFile(configuration, join(folder, 'worker.capnp'))
  return join(folder, 'worker.capnp')
}
