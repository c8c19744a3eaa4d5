import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Vector } from '@countersign/testing'
import { CliError } from '../errors/cli-error.js'

/** The folder of `@countersign/test-vectors`, with `vectors/`, `schema/` and its README. */
export const packagedFolder = dirname(
  createRequire(import.meta.url).resolve('@countersign/test-vectors/package.json'),
)

/** What a vector file says about itself. */
export interface VectorFileFacts {
  readonly name: string
  readonly path: string
  readonly description: string
  /** The scheme's own name, which several files may share. */
  readonly scheme: string
  readonly cases: number
  readonly valid: number
}

/**
 * Finds the vector files of the package.
 *
 * @param names files or schemes; undefined for all
 * @throws CliError if a name is unknown
 */
export async function findPackagedFiles(
  names: readonly string[] | undefined,
): Promise<readonly VectorFileFacts[]> {
  const folder = join(packagedFolder, 'vectors')
  const entries = (await readdir(folder)).filter((entry) => entry.endsWith('.json'))
  const found = await Promise.all(entries.map((entry) => readFacts(join(folder, entry))))
  const files = found.sort((one, other) => (one.name < other.name ? -1 : 1))
  if (names === undefined) return files
  const unknown = names.find((name) => !files.some((file) => isCalled(file, name)))
  if (unknown !== undefined)
    throw new CliError(`there are no vectors for "${unknown}"; run countersign vectors list for the names`)
  return files.filter((file) => names.some((name) => isCalled(file, name)))
}

function isCalled({ name, scheme }: VectorFileFacts, wanted: string): boolean {
  return name === wanted || scheme === wanted
}

async function readFacts(path: string): Promise<VectorFileFacts> {
  const { name, description, scheme, numberOfTests, groups } = JSON.parse(await readFile(path, 'utf8'))
  const tests: readonly Vector[] = groups.flatMap((group: { tests: Vector[] }) => group.tests)
  const valid = tests.filter(({ result }) => result === 'valid').length
  return { name, path, description, scheme: scheme.name, cases: numberOfTests, valid }
}
