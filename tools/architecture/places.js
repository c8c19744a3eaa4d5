/** @import { Tree } from '../sources/read-tree.js' */

/**
 * What readers look for, and the function or type that implements it. The file is found by that name, so it can move.
 *
 * @type {readonly (readonly [what: string, name: string, folder: string])[]}
 */
export const places = [
  ['the order of all checks of a request', 'verifyRequest', 'packages/core/src'],
  ['the order from a verified delivery to its answer', 'createReceiver', 'packages/core/src'],
  ['the time window: is the delivery too old or too new?', 'checkTimestamp', 'packages/core/src'],
  ['the comparison of signatures', 'verifySignature', 'packages/core/src'],
  ['the body, read under its limit', 'readBody', 'packages/core/src'],
  ['what identifies an event', 'identifyDelivery', 'packages/core/src'],
  ['an event is claimed', 'claimDelivery', 'packages/core/src'],
  ['a claim is settled: completed, released or failed', 'settleClaim', 'packages/core/src'],
  ['outcomes become status codes', 'buildResponse', 'packages/core/src'],
  ['all options, and their types', 'ReceiverOptions', 'packages/core/src'],
  ['error classes and codes', 'WebhookErrorCode', 'packages/core/src'],
  ['a scheme: headers, signed content, times', 'SchemeDescriptor', 'packages/core/src'],
  ['the contract that a store keeps', 'DedupeStore', 'packages/core/src'],
  ['the store in memory', 'memoryStore', 'packages/core/src'],
  ['every call to Redis', 'ScriptRunner', 'packages/store-redis/src'],
  ['every statement to PostgreSQL', 'StatementRunner', 'packages/store-postgres/src'],
  ['every transaction in SQLite', 'StoreConnection', 'packages/store-sqlite/src'],
  ['the reference sender', 'createSender', 'packages'],
  ['the contract of adapters', 'testAdapter', 'packages'],
  ['the contract of stores', 'testStore', 'packages'],
  ['the search for why a signature does not match', 'explain', 'packages'],
  ['the probes of `countersign check`', 'checkReceiver', 'packages'],
]

/** @type {(tree: Tree, list?: typeof places) => readonly { what: string, name: string, file: string }[]} */
export function findPlaces(tree, list = places) {
  return list.map(([what, name, folder]) => {
    const declares = new RegExp(`^export (async )?(function\\*?|const|type|interface|class) ${name}\\b`, 'm')
    const files = [...tree].filter(
      ([path, text]) => path.startsWith(`${folder}/`) && path.includes('/src/') && declares.test(text),
    )
    const [found, other] = files
    if (!found || other)
      throw new Error(
        `${files.length} files in ${folder} export ${name}: change its line in tools/architecture/places.js.`,
      )
    return { what, name, file: found[0] }
  })
}
