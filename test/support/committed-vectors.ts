import { loadVectors } from '@countersign/testing'

/** The folder of the repository's vectors. */
export const folder = new URL('../../../../test-vectors/vectors/', import.meta.url)

export const vectors = await loadVectors(folder)
