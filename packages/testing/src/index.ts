export { createFakeClock, type FakeClock } from './fake-clock.js'
export { type SendRequestOptions, type SentResponse, sendRequest } from './http/send-request.js'
export { createSender, type Sender, type SenderOptions, type SendOptions } from './sender/create-sender.js'
export { exampleEvents } from './sender/examples/example-delivery.js'
export type { SentIdentity } from './sender/find-identity.js'
export type { PreparedDelivery } from './sender/prepare-delivery.js'
export { type RetryOptions, type SentAttempt, sendWithRetries } from './sender/send-with-retries.js'
export type { SignOptions } from './sender/sign-options.js'
export type { SignedRequest } from './sender/signed-request.js'
export { tamperBody } from './sender/tamper-body.js'
export { loadVectors, type Vector } from './vectors/load-vectors.js'
export { vectorBody, vectorOptions, vectorRequest } from './vectors/read-vector.js'
export {
  type RunVectorOptions,
  runVector,
  runVectors,
  type VectorReport,
  type VectorsReport,
} from './vectors/run-vectors.js'
export { sendVector } from './vectors/send-vector.js'
export type {
  RepeatedBytes,
  VectorCase,
  VectorDelivery,
  VectorFile,
  VectorGroup,
  VectorNote,
  VectorOptions,
  VectorRequest,
  VectorSecret,
} from './vectors/vector-file.js'
