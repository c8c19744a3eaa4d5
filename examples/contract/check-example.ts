import { checkReceiver } from '../../packages/check/src/check-receiver.js'
import {
  embeddable,
  fingerprintingApi,
  scratcher,
  visibuild,
  visisto,
} from '../../packages/core/src/schemes/index.js'
import { secrets } from './five-deliveries.js'
import type { ListeningExample } from './start-example.js'

const { SCRATCHER_USERNAME: username, SCRATCHER_PASSWORD: password } = secrets

const senders = [
  { scheme: visisto(), secret: secrets.VISISTO_SECRET },
  { scheme: fingerprintingApi({ event: 'NEW_VISIT' }), secret: secrets.FINGERPRINTING_API_SECRET },
  { scheme: embeddable(), secret: secrets.EMBEDDABLE_SECRET },
  { scheme: visibuild(), secret: secrets.VISIBUILD_SECRET },
  { scheme: scratcher(), secret: { username, password } },
]

/** The end of a stalled request is waited for by the contract of the adapters, with a time of its own. */
const stalls = ['ends-stalled-body', 'ends-slow-head']

/** Bodies of 64 MiB, and bodies in one-byte chunks, on which workerd spends seconds: five at once would be a test of the machine. */
const heavy = ['limits-body', 'reads-small-chunks']

/**
 * Checks an example with each of the five senders, all at once, as `countersign check` does.
 *
 * @returns what was found, one line each
 */
export async function checkExample({ url, lines }: ListeningExample): Promise<readonly string[]> {
  const reports = await Promise.all(
    senders.map(async ({ scheme, secret }) => {
      const { properties } = await checkReceiver({
        url: `${url}/webhooks/${scheme.name}`,
        scheme,
        secret,
        handled: () => lines.filter((line) => line.includes(`"handled":"${scheme.name}"`)).length,
        // A sound receiver is never silent, however busy the machine.
        timeoutMs: 30_000,
        skip: scheme.name === 'visibuild' ? stalls : [...stalls, ...heavy],
      })
      return properties.map((checked) => ({ ...checked, scheme: scheme.name }))
    }),
  )
  return reports
    .flat()
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'unknown')
    .map(({ scheme, property, verdict, evidence }) => `${scheme} ${property}: ${verdict}, ${evidence}`)
}
