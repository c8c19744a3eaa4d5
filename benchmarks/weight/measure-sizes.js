import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** @typedef {'node' | 'edge'} Target */
/** @typedef {{ readonly minified: number, readonly gzip: number }} Size in bytes */

const folder = fileURLToPath(new URL('.', import.meta.url))

/** What users have anyway. */
const frameworks = ['express', 'fastify', 'hono', 'next']

/** @satisfies {Record<Target, import('esbuild').BuildOptions>} */
const targets = {
  node: { platform: 'node', conditions: ['@countersign/source', 'node'] },
  // As a bundler for Workers or browsers resolves the packages: the core then uses WebCrypto.
  edge: { platform: 'browser', conditions: ['@countersign/source', 'workerd', 'worker', 'browser'] },
}

/**
 * Bundles modules as their users do, each by itself, minified and compressed. It bundles our sources, so that a test needs no
 * build; the published files give the same within a percent.
 *
 * @param {ReadonlyMap<string, string>} modules the code of each, by its name; it exports what is used
 * @param {Target} target
 * @returns {Promise<ReadonlyMap<string, Size>>} by the same names
 */
export async function measureSizes(modules, target) {
  // One build for all of them parses each file once.
  const { outputFiles } = await build({
    entryPoints: [...modules.keys()].map((name) => ({ in: `weighed:${name}`, out: name })),
    plugins: [pluginFor(modules)],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external: frameworks.flatMap((name) => [name, `${name}/*`]),
    legalComments: 'none',
    logLevel: 'error',
    outdir: folder,
    write: false,
    ...targets[target],
  })
  return new Map(
    outputFiles.map(({ path, contents }) => [
      basename(path, '.js'),
      { minified: contents.length, gzip: gzipSync(contents, { level: 9 }).length },
    ]),
  )
}

/**
 * @param {ReadonlyMap<string, string>} modules
 * @returns {import('esbuild').Plugin}
 */
function pluginFor(modules) {
  return {
    name: 'weighed',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^weighed:/ }, ({ path }) => ({ path: path.slice(8), namespace: 'weighed' }))
      onLoad({ filter: /./, namespace: 'weighed' }, ({ path }) => ({
        contents: modules.get(path) ?? '',
        resolveDir: folder,
      }))
    },
  }
}
