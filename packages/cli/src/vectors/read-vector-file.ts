import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { loadVectors, type Vector } from '@countersign/testing'

/** A file's cases, or why it is not whole. */
export interface ReadVectorFile {
  /** The file's name without `.json`. */
  readonly name: string
  readonly vectors: readonly Vector[]
  readonly problem?: string
}

const noVectorFile = 'it is no vector file: groups with tests are missing'

/** Reads one file. What is wrong inside it is told, not thrown: it is what was asked. */
export async function readVectorFile(path: string): Promise<ReadVectorFile> {
  const name = basename(path, '.json')
  const text = await readFile(path, 'utf8')
  try {
    const file = JSON.parse(text)
    if (!Array.isArray(file?.groups)) return { name, vectors: [], problem: noVectorFile }
    const vectors = await loadVectors(file)
    const problem = problemOf(vectors)
    return { name, vectors, ...(problem !== undefined && { problem }) }
  } catch (error) {
    return { name, vectors: [], problem: explain(error) }
  }
}

function problemOf(vectors: readonly Vector[]): string | undefined {
  if (vectors.length === 0) return 'it holds no cases'
  const ids = vectors.map(({ tcId }) => tcId)
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index)
  return repeated === undefined ? undefined : `it has tcId ${repeated} twice`
}

/** What the reader of a broken file can act on: whether it is no JSON, of the wrong shape, or cut off. */
function explain(error: unknown): string {
  if (error instanceof SyntaxError) return 'it is not JSON; was it cut off?'
  if (error instanceof TypeError) return noVectorFile
  return (error as Error).message
}
