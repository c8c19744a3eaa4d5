import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { CliError } from '../errors/cli-error.js'
import { describeFileError } from '../errors/describe-file-error.js'
import type { Terminal } from '../terminal.js'
import { findPackagedFiles, packagedFolder } from './find-packaged-files.js'

/** Which vectors are exported, and how. */
export interface ExportOptions {
  readonly scheme?: readonly string[]
  readonly force?: boolean
  readonly json?: boolean
}

const schemaFile = 'schema/vector-file.schema.json'

/**
 * Copies the vectors with their schema and README into a folder, byte for byte. If a file there has other content, nothing is
 * written at all.
 */
export async function exportVectors(
  folder: string,
  options: ExportOptions,
  terminal: Terminal,
): Promise<void> {
  const target = resolve(terminal.parts.cwd, folder)
  const vectors = await findPackagedFiles(options.scheme)
  const files = [...vectors.map(({ path }) => `vectors/${basename(path)}`), schemaFile, 'README.md']
  const copies = await Promise.all(
    files.map(async (file) => ({ file, bytes: await readFile(join(packagedFolder, file)) })),
  )
  if (!options.force) for (const copy of copies) await checkSame(copy, target)
  for (const { file, bytes } of copies) {
    await inTarget(() => mkdir(dirname(join(target, file)), { recursive: true }))
    await inTarget(() => writeFile(join(target, file), bytes))
  }
  if (options.json) terminal.printJson({ folder: target, files })
  else terminal.print(`${copied(vectors.length)} schema and a README are in ${folder}`)
}

function copied(count: number): string {
  return count === 1 ? '1 vector file, its' : `${count} vector files, their`
}

async function checkSame(
  { file, bytes }: { readonly file: string; readonly bytes: Buffer },
  target: string,
): Promise<void> {
  const existing = await inTarget(() => readFile(join(target, file)).catch(ignoreMissing))
  if (existing && !existing.equals(bytes))
    throw new CliError(`${file} exists with other content; choose another folder, or add --force`)
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}

/** @throws CliError if the file system refuses */
async function inTarget<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    const { path } = error as NodeJS.ErrnoException
    throw new CliError(`cannot write "${path}": ${describeFileError(error)}`)
  }
}
