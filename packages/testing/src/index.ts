export type { AsymmetricSignature } from './asymmetric/asymmetric-signature.js'
export { type Capture, CaptureError, type CaptureNote } from './captures/capture.js'
export type { CheckName } from './captures/check-of.js'
export type { CaptureCheck } from './captures/judge-checks.js'
export { type ReadCaptureOptions, readCapture, readCaptures } from './captures/read-capture.js'
export { type CaptureVerdict, type VerifyCaptureOptions, verifyCapture } from './captures/verify-capture.js'
export { type WriteCaptureOptions, writeCapture } from './captures/write-capture.js'
export { writeHttpMessage } from './captures/write-http-message.js'
export type { CheckOptions, CheckProgress } from './check/check-options.js'
export { checkProperties, checkReceiver } from './check/check-receiver.js'
export type { CheckedProperty, CheckReport, CheckVerdict } from './check/check-report.js'
export type { CheckFault } from './check/faults.js'
export { ReceiverUnreachableError } from './check/receiver-unreachable-error.js'
export type { ContractException } from './contract/exceptions.js'
export { contractGroups } from './contract/group-vectors.js'
export { type Answer, parseAnswer } from './contract/parse-answer.js'
export type { ContractProgram } from './contract/program.js'
export { RawClient, type RawClientOptions } from './contract/raw-client.js'
export type { ContractReport } from './contract/report.js'
export { type TestAdapterOptions, testAdapter } from './contract/test-adapter.js'
export type { ContractGroup } from './contract-routes/contract-group.js'
export { describeUnknown } from './discover/describe-unknown.js'
export { type DiscoverOptions, discover } from './discover/discover.js'
export type { Discovery, SchemeCandidate, SearchEffort } from './discover/discovery.js'
export { writeSchemeCode } from './discover/write-scheme-code.js'
export { explain } from './explain/explain.js'
export type {
  ExplainOptions,
  ExplainSecret,
  Explanation,
  Finding,
  Framework,
} from './explain/explanation.js'
export {
  type Commit,
  CounterexampleError,
  type CreateStore,
  type Exploration,
  type ExploreClaimsOptions,
  exploreClaims,
  type SearchClock,
} from './explorer/explore-claims.js'
export type { Rule } from './explorer/rules.js'
export { createFakeClock, type FakeClock } from './fake-clock.js'
export { type SendRequestOptions, type SentResponse, sendRequest } from './http/send-request.js'
export { wireText } from './http/wire-text.js'
export { type SignedParts, signedContent } from './sender/compute-mac.js'
export { createSender, type Sender, type SenderOptions, type SendOptions } from './sender/create-sender.js'
export { exampleEvents } from './sender/examples/example-delivery.js'
export type { SentIdentity } from './sender/find-identity.js'
export type { PreparedDelivery } from './sender/prepare-delivery.js'
export { type RetryOptions, type SentAttempt, sendWithRetries } from './sender/send-with-retries.js'
export type { SignOptions } from './sender/sign-options.js'
export type { SignedRequest } from './sender/signed-request.js'
export { tamperBody } from './sender/tamper-body.js'
export type { ExplorationBounds } from './store-contract/explore-store.js'
export type { BackendFault, StoreBackend } from './store-contract/store-backend.js'
export { type TestStoreOptions, testStore } from './store-contract/test-store.js'
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
