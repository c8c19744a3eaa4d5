import { readScan } from './read-answer.js'
import type { SendCommand } from './redis-client.js'

/** About so many keys come at a time. */
const batchSize = '500'

/**
 * All keys that begin with a prefix, without it, each once, in batches. A scan gives a key twice when the server's
 * table shrinks, or when it moves between the nodes of a cluster.
 *
 * @param nodes one function for each node that holds keys
 */
export async function* scanKeys(
  nodes: readonly SendCommand[],
  prefix: string,
): AsyncGenerator<readonly string[]> {
  const pattern = `${prefix.replaceAll(/[\\*?[\]]/g, '\\$&')}*`
  const seen = new Set<string>()
  for (const send of nodes) {
    let cursor = '0'
    do {
      const answer = await send(['SCAN', cursor, 'MATCH', pattern, 'COUNT', batchSize], '')
      const [next, found] = readScan(answer)
      cursor = next
      const fresh = new Set(found.map((key) => key.slice(prefix.length)).filter((key) => !seen.has(key)))
      for (const key of fresh) seen.add(key)
      if (fresh.size > 0) yield [...fresh]
    } while (cursor !== '0')
  }
}
