import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @param {string} name
 * @returns {string | undefined} its path, or undefined if it is not installed
 */
export function findBinary(name) {
  const folders = [...(process.env.PATH ?? '').split(':'), ...postgresFolders()].filter(
    (folder) => folder !== '',
  )
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/** Debian installs each version of the server in its own folder, outside the PATH. */
function postgresFolders() {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return []
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version, 'bin'))
}
