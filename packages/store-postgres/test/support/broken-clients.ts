import type { BackendFault } from '@countersign/conformance'
import { Pool } from 'pg'
import type { PostgresClient, QueryFunction } from '../../src/index.js'

/** What a proxy or a wrong client might give that is no answer to any statement of the store. */
const rubbish: readonly unknown[] = [
  undefined,
  null,
  42,
  'rubbish',
  {},
  { rows: undefined },
  { rows: [{}] },
  { rows: [{ text: 'rubbish' }] },
  [{ text: null }],
  [[7]],
  [['claimed']],
  [['claimed 0 0 other']],
  [['TRUE']],
  [['[]']],
]

/** Answers something else each time. */
export function answerRubbish(): QueryFunction {
  let turn = 0
  return (async () => rubbish[turn++ % rubbish.length]) as QueryFunction
}

/** Takes every statement, and never answers. */
export const neverAnswer: QueryFunction = () => new Promise(() => {})

/** A client with this fault. */
export const brokenClients: Readonly<Record<BackendFault, () => PostgresClient>> = {
  rubbish: answerRubbish,
  silent: () => neverAnswer,
  down: () => new Pool({ host: '127.0.0.1', port: 1, user: 'nobody' }),
}
