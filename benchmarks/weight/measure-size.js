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
 * Bundles a module as its users do, minified and compressed. It bundles our sources, so that a test needs no build; the
 * published files give the same within a percent.
 *
 * @param {string} code of a module that exports what is used
 * @param {Target} target
 * @returns {Promise<Size>}
 */
export async function measureSize(code, target) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external: frameworks.flatMap((name) => [name, `${name}/*`]),
    legalComments: 'none',
    logLevel: 'error',
    write: false,
    ...targets[target],
  })
  const [{ contents }] = /** @type {[import('esbuild').OutputFile]} */ (outputFiles)
  return { minified: contents.length, gzip: gzipSync(contents, { level: 9 }).length }
}
