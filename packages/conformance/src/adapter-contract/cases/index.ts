import type { ContractCase } from '../contract-case.js'
import { brokenBodyCases } from './broken-bodies.js'
import { byteExactnessCases } from './byte-exactness.js'
import { chunkedBodyCases } from './chunked-bodies.js'
import { claimCases } from './claims.js'
import { connectionCases } from './connections.js'
import { customSchemeCases } from './custom-schemes.js'
import { deferredCompletionCases } from './deferred-completion.js'
import { formBodyCases } from './form-bodies.js'
import { handlerResultCases } from './handler-results.js'
import { headerCases } from './headers.js'
import { limitCases } from './limits.js'
import { mountedTwiceCases } from './mounted-twice.js'
import { ownAnswerCases } from './own-answers.js'
import { parsedBodyCases } from './parsed-body.js'
import { refusalCases } from './refusals.js'
import { stormCases } from './storms.js'

/** All cases of the adapter contract, besides the vectors. */
export const contractCases: readonly ContractCase[] = [
  ...byteExactnessCases,
  ...limitCases,
  ...brokenBodyCases,
  ...chunkedBodyCases,
  ...formBodyCases,
  ...headerCases,
  ...refusalCases,
  ...parsedBodyCases,
  ...mountedTwiceCases,
  ...handlerResultCases,
  ...ownAnswerCases,
  ...customSchemeCases,
  ...claimCases,
  ...deferredCompletionCases,
  ...connectionCases,
  ...stormCases,
]
