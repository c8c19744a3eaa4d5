import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CliError } from '../cli-error.js'

/**
 * The vector files that paths stand for: files, folders with such files, or what `vectors export` has written.
 *
 * @throws CliError where there are none
 */
export async function findVectorFiles(paths: readonly string[], cwd: string): Promise<readonly string[]> {
  const found = await Promise.all(paths.map((path) => findAt(resolve(cwd, path), path)))
  return found.flat()
}

async function findAt(path: string, written: string): Promise<readonly string[]> {
  const entry = await stat(path).catch((error) => {
    throw new CliError(`cannot read "${written}" (${error.code})`)
  })
  if (!entry.isDirectory()) return [path]
  const exported = await stat(join(path, 'vectors')).catch(() => undefined)
  const folder = exported?.isDirectory() ? join(path, 'vectors') : path
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  if (names.length === 0) throw new CliError(`"${written}" holds no vectors, that is no *.json file`)
  return names.map((name) => join(folder, name))
}
