import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SchemeDescriptor } from '@countersign/core'
import type { VectorCase, VectorFile, VectorOptions, VectorSecret } from './vector-file.js'

/** One case with all it needs of its file and group. */
export interface Vector extends VectorCase {
  /** The file's name without `.json`. */
  readonly file: string
  readonly scheme: SchemeDescriptor
  readonly secrets: readonly VectorSecret[]
  readonly options: VectorOptions
}

/**
 * Loads vectors.
 *
 * @param source a folder with `*.json` files, one such file, or what was read from one already
 * @throws Error when a file cannot be read, is no vector file, or holds another number of cases than it says
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
  if (names.length === 0) throw new Error(`No vectors: ${basename(path)} holds no *.json file.`)
  return Promise.all(names.map((name) => readJson(join(path, name))))
}

async function readJson(path: string): Promise<VectorFile> {
  return JSON.parse(await readFile(path, 'utf8'))
}

function vectorsOf(file: VectorFile): readonly Vector[] {
  const { name, scheme, groups, numberOfTests } = file
  if (typeof numberOfTests !== 'number')
    throw new Error(`"${name}" is no vector file: it says no numberOfTests.`)
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
    throw new Error(`"${name}" holds ${vectors.length} cases and says ${numberOfTests}; was it cut off?`)
  }
  return vectors
}
