import type { ContractCase } from '../contract-case.js'
import { brokenBodyCases } from './broken-bodies.js'
import { byteExactnessCases } from './byte-exactness.js'
import { chunkedBodyCases } from './chunked-bodies.js'
import { claimCases } from './claims.js'
import { connectionCases } from './connections.js'
import { customSchemeCases } from './custom-schemes.js'
import { endingCases } from './endings.js'
import { formBodyCases } from './form-bodies.js'
import { headerCases } from './headers.js'
import { limitCases } from './limits.js'
import { mountedTwiceCases } from './mounted-twice.js'
import { ownAnswerCases } from './own-answers.js'
import { parsedBodyCases } from './parsed-body.js'
import { pledgeCases } from './pledges.js'
import { refusalCases } from './refusals.js'
import { stormCases } from './storms.js'

/** All that holds for every adapter, beside the vectors. */
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
  ...endingCases,
  ...ownAnswerCases,
  ...customSchemeCases,
  ...claimCases,
  ...pledgeCases,
  ...connectionCases,
  ...stormCases,
]
