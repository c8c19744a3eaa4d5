import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { CliError } from '../cli-error.js'
import type { Terminal } from '../terminal.js'
import { packagedFiles, packagedFolder } from './packaged-vectors.js'

/** How vectors are exported. */
export interface ExportOptions {
  readonly scheme?: readonly string[]
  readonly force?: boolean
  readonly json?: boolean
}

const schemaFile = 'schema/vector-file.schema.json'

/**
 * Copies the vectors with their schema and README into a folder, byte for byte. Nothing is written where something else
 * would be overwritten.
 */
export async function exportVectors(
  folder: string,
  options: ExportOptions,
  terminal: Terminal,
): Promise<void> {
  const target = resolve(terminal.parts.cwd, folder)
  const vectors = await packagedFiles(options.scheme)
  const files = [...vectors.map(({ path }) => `vectors/${basename(path)}`), schemaFile, 'README.md']
  const copies = await Promise.all(
    files.map(async (file) => ({ file, bytes: await readFile(join(packagedFolder, file)) })),
  )
  if (!options.force) for (const copy of copies) await refuseToOverwrite(copy, target)
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

async function refuseToOverwrite(
  { file, bytes }: { readonly file: string; readonly bytes: Buffer },
  target: string,
): Promise<void> {
  const there = await inTarget(() => readFile(join(target, file)).catch(ignoreMissing))
  if (there && !there.equals(bytes))
    throw new CliError(`${file} is there already with other content; choose another folder, or add --force`)
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}

/** @throws CliError for what the file system refuses */
async function inTarget<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException
    throw new CliError(`cannot write there: ${code} at ${path}`)
  }
}
