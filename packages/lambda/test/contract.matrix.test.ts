import {
  buffered,
  bufferedAndJoined,
  bufferedBelowOneMebibyte,
  bufferedWithSingleValues,
} from './contract-exceptions.js'
import { describeContract } from './support/describe-contract.js'
import { functionUrl, httpApi, loadBalancer, restApi } from './support/gateways.js'
import { lattice, netlify } from './support/other-gateways.js'

describeContract(httpApi, bufferedAndJoined)
describeContract(restApi, buffered)
describeContract(loadBalancer({ multiValueHeaders: true }), bufferedBelowOneMebibyte)
describeContract(functionUrl, bufferedAndJoined)
describeContract(lattice, bufferedWithSingleValues)
describeContract(netlify, buffered)
