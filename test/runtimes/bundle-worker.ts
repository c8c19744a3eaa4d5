import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const folder = fileURLToPath(
  new URL('../../node_modules/.cache/countersign-runtimes/worker/', import.meta.url),
)

/**
 * Bundles a worker as wrangler does without `nodejs_compat`, so that an import of a Node module fails.
 *
 * @returns the path of the configuration, in the same folder as the bundle
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
