import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { loadVectors, type Vector } from '@countersign/testing'

/** The cases of a file, or why the file is not whole. */
export interface ReadVectorFile {
  /** The file's name without `.json`. */
  readonly name: string
  readonly vectors: readonly Vector[]
  readonly problem?: string
}

const noVectorFile = 'it is not a vector file: it has no groups of tests'

/** Reads one file. A broken file does not throw: `vectors verify` reports it as a result. */
export async function readVectorFile(path: string): Promise<ReadVectorFile> {
  const name = basename(path, '.json')
  const text = await readFile(path, 'utf8')
  try {
    const file = JSON.parse(text)
    if (!Array.isArray(file?.groups)) return { name, vectors: [], problem: noVectorFile }
    const vectors = await loadVectors(file)
    const problem = findProblem(vectors)
    return { name, vectors, ...(problem !== undefined && { problem }) }
  } catch (error) {
    return { name, vectors: [], problem: describeProblem(error) }
  }
}

function findProblem(vectors: readonly Vector[]): string | undefined {
  if (vectors.length === 0) return 'it has no cases'
  const ids = vectors.map(({ tcId }) => tcId)
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index)
  return repeated === undefined ? undefined : `it has tcId ${repeated} twice`
}

/** Whether the file is not JSON, has the wrong shape, or is cut off. */
function describeProblem(error: unknown): string {
  if (error instanceof SyntaxError) return 'it is not JSON; was it cut off?'
  if (error instanceof TypeError) return noVectorFile
  return (error as Error).message
}
