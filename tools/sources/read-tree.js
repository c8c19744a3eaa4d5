// Reads the repository's texts once, so that every check works on the same map, and a test can pass a small map instead.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Texts by their paths relative to the repository, with `/` on every system.
 *
 * @typedef {ReadonlyMap<string, string>} Tree
 */

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

const generated = new Set(['node_modules', 'dist', 'test/docs/blocks'])
const isText = /(\.(ts|tsx|mts|cts|js|jsx|mjs|cjs|md)|(^|\/)package\.json)$/

/** @type {Tree | undefined} */
let tree

/** @returns {Tree} every source file, page and manifest that is not generated */
export function readTree() {
  tree ??= new Map(listFiles('').map((path) => [path, readFileSync(join(root, path), 'utf8')]))
  return tree
}

/** @type {(folder: string) => string[]} */
function listFiles(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      // A folder with a dot belongs to a tool.
      const isSkipped = entry.name.startsWith('.') || generated.has(entry.name) || generated.has(path)
      return isSkipped ? [] : listFiles(path)
    }
    return isText.test(path) ? [path] : []
  })
}
