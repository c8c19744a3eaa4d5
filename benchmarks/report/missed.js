/**
 * Why a mark is missed, and what was tried: a paragraph for each, by the mark's name. Figures are in the results, so there are
 * none here.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const missed = {
  'Weight: verify with one scheme, kB':
    'a scheme is data, so `verify` brings the code for every kind of proof, encoding, timestamp and identity, and the check of ' +
    'a scheme and of the options. The largest parts are the steps, the compilation of schemes, the reading of secrets and the ' +
    'settings, and much of each is text: errors that say what is wrong and how to fix it. The choice of the scheme changes ' +
    'little, as the table of schemes shows. `weight.test.ts` keeps it from growing.',
  'Weight: createReceiver with one scheme and memoryStore, kB':
    'it contains all of `verify`. The largest parts beyond that are the memory store with its inspection, the settings, the log, ' +
    'the outcomes and the explanation of refusals. `weight.test.ts` keeps it from growing.',
  'Weight: each adapter beyond the receiver, kB':
    "the three adapters of Node's own requests (Express, Fastify, `node:http`) share the code that reads a body from a stream " +
    'and settles a delivery before the answer ends, and each brings it. Fastify also brings `fastify-plugin`, which is a ' +
    'dependency and counts. The others meet the mark. `weight.test.ts` keeps all of them from growing.',
}
