export type { AsymmetricSignature } from './asymmetric/asymmetric-signature.js'
export { type Capture, CaptureError, type CaptureNote } from './captures/capture.js'
export type { CheckName } from './captures/check-of.js'
export type { CaptureCheck } from './captures/judge-checks.js'
export { type ReadCaptureOptions, readCapture, readCaptures } from './captures/read-capture.js'
export { type CaptureVerdict, type VerifyCaptureOptions, verifyCapture } from './captures/verify-capture.js'
export { type WriteCaptureOptions, writeCapture } from './captures/write-capture.js'
export { writeHttpMessage } from './captures/write-http-message.js'
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
