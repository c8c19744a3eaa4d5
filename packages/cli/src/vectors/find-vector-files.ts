import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CliError } from '../errors/cli-error.js'
import { describeFileError } from '../errors/describe-file-error.js'

/**
 * Finds vector files: paths may be files, folders of them, or folders that `vectors export` wrote.
 *
 * @throws CliError if there are none
 */
export async function findVectorFiles(paths: readonly string[], cwd: string): Promise<readonly string[]> {
  const found = await Promise.all(paths.map((path) => findAt(resolve(cwd, path), path)))
  return found.flat()
}

async function findAt(path: string, written: string): Promise<readonly string[]> {
  const entry = await stat(path).catch((error) => {
    throw new CliError(`cannot read "${written}": ${describeFileError(error)}`)
  })
  if (!entry.isDirectory()) return [path]
  const exported = await stat(join(path, 'vectors')).catch(() => undefined)
  const folder = exported?.isDirectory() ? join(path, 'vectors') : path
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  if (names.length === 0) throw new CliError(`"${written}" has no vectors: there is no *.json file`)
  return names.map((name) => join(folder, name))
}
