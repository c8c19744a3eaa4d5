// Running vectors on any runtime: nothing here needs Node.
export { readSecret } from './read-secret.js'
export { vectorBody, vectorOptions, vectorRequest } from './read-vector.js'
export {
  type RunVectorOptions,
  runVector,
  runVectors,
  type VectorReport,
  type VectorsReport,
} from './run-vectors.js'
