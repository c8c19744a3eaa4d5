import type { SendCommand } from '../client-types.js'
import { readScan } from '../read-answer.js'

/** About how many keys one SCAN returns. */
const batchSize = '500'

/**
 * Finds all keys that begin with a prefix, and yields them in batches without the prefix, each once. A scan returns a key
 * twice when the server's table shrinks, or when the key moves between the nodes of a cluster.
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
