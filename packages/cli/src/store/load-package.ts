import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CliError } from '../errors/cli-error.js'

/** What a package exports. The names of a CommonJS package may be in `default` only. */
export type PackageExports = Readonly<Record<string, unknown>>

/**
 * Loads a package from the project in the current folder, so that the store and the database client have the versions that
 * the receivers use.
 *
 * @returns undefined if it is not installed there
 */
export async function loadPackage(name: string, cwd: string): Promise<PackageExports | undefined> {
  const path = resolvePackage(name, cwd)
  if (path === undefined) return undefined
  try {
    const loaded: PackageExports = await import(pathToFileURL(path).href)
    return { ...(loaded.default as object), ...loaded }
  } catch (error) {
    const [line] = String((error as Error).message).split('\n')
    throw new CliError(`the package ${name} cannot be loaded: ${line}`)
  }
}

function resolvePackage(name: string, cwd: string): string | undefined {
  try {
    return createRequire(join(cwd, 'package.json')).resolve(name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined
    throw new CliError(`the package ${name} cannot be loaded (${(error as NodeJS.ErrnoException).code})`)
  }
}

/**
 * Loads the first of several packages that is installed.
 *
 * @throws CliError with what to install
 */
export async function loadFirst<Name extends string>(
  names: readonly Name[],
  cwd: string,
): Promise<{ readonly name: Name; readonly exports: PackageExports }> {
  for (const name of names) {
    const exports = await loadPackage(name, cwd)
    if (exports) return { name, exports }
  }
  throw new CliError(
    `${names.join(' or ')} is not installed in the current folder; run npm install ${names[0]} there, or change to the folder of your receivers`,
  )
}
