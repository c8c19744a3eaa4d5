import type { ContractException } from '@countersign/conformance'
import type { RuntimeName } from './runtimes.js'

/** Cases in which a runtime changes or drops a request before our code sees it. */
export const exceptions: Partial<Record<RuntimeName, readonly ContractException[]>> = {
  bun: [
    {
      case: 'pipelined requests are answered in order',
      reason:
        'Bun.serve closes a connection if a request arrives on it before the last answer (oven-sh/bun#38128).',
    },
  ],
  workerd: [
    {
      vector: 'an empty authorization',
      reason:
        'workerd drops Authorization without a value, so it is missing, not malformed. The answer is still 401.',
    },
    {
      vector: 'an empty Authorization',
      reason:
        'workerd drops Authorization without a value, so it is missing, not malformed. The answer is still 401.',
    },
    {
      vector: 'a letter beyond ASCII behind the token',
      reason:
        'workerd decodes headers as UTF-8, so a byte of Latin-1 is malformed, not another token. The answer is still 401.',
    },
  ],
}
