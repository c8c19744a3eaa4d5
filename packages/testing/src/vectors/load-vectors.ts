import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SchemeDescriptor } from '@countersign/core'
import type { VectorCase, VectorFile, VectorOptions, VectorSecret } from './vector-file.js'

/** One test case with everything it needs from its file and group. */
export interface Vector extends VectorCase {
  /** The file's name without `.json`. */
  readonly file: string
  readonly scheme: SchemeDescriptor
  readonly secrets: readonly VectorSecret[]
  readonly options: VectorOptions
}

/**
 * Loads test vectors.
 *
 * @param source a folder with `*.json` files, one such file, or the parsed content of one or more files
 * @throws Error if a file cannot be read, is not a vector file, or has a number of cases other than `numberOfTests`
 *
 * @example
 * import { loadVectors, runVectors } from '@countersign/testing'
 *
 * const vectors = await loadVectors('test-vectors/vectors/github.json')
 * const { passed, failed } = await runVectors(vectors)
 * console.log(passed, failed.map(({ difference }) => difference))
 */
export async function loadVectors(
  source: string | URL | VectorFile | readonly VectorFile[],
): Promise<readonly Vector[]> {
  const files =
    typeof source === 'string' || source instanceof URL ? await readFiles(source) : [source].flat()
  return files.flatMap(vectorsOf)
}

async function readFiles(source: string | URL): Promise<readonly VectorFile[]> {
  const path = source instanceof URL ? fileURLToPath(source) : source
  if (path.endsWith('.json')) return [await readJson(path)]
  const names = (await readdir(path)).filter((name) => name.endsWith('.json')).sort()
  if (names.length === 0) throw new Error(`No vectors: the folder ${basename(path)} contains no *.json file.`)
  return Promise.all(names.map((name) => readJson(join(path, name))))
}

async function readJson(path: string): Promise<VectorFile> {
  return JSON.parse(await readFile(path, 'utf8'))
}

function vectorsOf(file: VectorFile): readonly Vector[] {
  const { name, scheme, groups, numberOfTests } = file
  if (typeof numberOfTests !== 'number')
    throw new Error(`"${name}" is not a vector file: numberOfTests is missing.`)
  const vectors = groups.flatMap((group) =>
    group.tests.map(
      (test): Vector => ({
        ...test,
        file: name,
        scheme,
        secrets: group.secrets,
        options: group.options ?? {},
      }),
    ),
  )
  if (vectors.length !== numberOfTests) {
    throw new Error(
      `"${name}" has ${vectors.length} cases but numberOfTests is ${numberOfTests}; the file may be cut off.`,
    )
  }
  return vectors
}
