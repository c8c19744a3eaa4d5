/** @typedef {import('./family.js').StoreResult} StoreResult */
/** @typedef {import('./compare-clients.js').ClientRow} ClientRow */
/** @typedef {import('./grow-memory-store.js').MemoryFigures} MemoryFigures */
/** @typedef {import('../family.js').Mark} Mark */

/** @type {readonly (readonly [ClientRow['backend'], number])[]} */
const mostByBackend = [
  ['Redis', 1.1],
  ['PostgreSQL', 1.15],
  ['SQLite', 1.15],
]
const claimsPerSecondAtLeast = 1_500_000
const bytesPerIdAtMost = 150
/** The marks of the memory store are about this many ids, or the nearest that were measured. */
const usualIds = 1_000_000

/** @param {StoreResult} result @returns {import('../family.js').Report} */
export function reportStores({ clients, memory }) {
  return {
    tables: [tableOfClients(clients), tableOfGrowth(memory)],
    plots: [plotOfClients(clients), ...plotsOfGrowth(memory)],
    marks: [...mostByBackend.flatMap((mark) => markOfBackend(clients, mark)), ...marksOfMemory(memory)],
    skipped: [
      ...clients.flatMap(({ name, skipped }) =>
        skipped === undefined ? [] : [`${name} was not measured: ${skipped}.`],
      ),
      ...memory.flatMap(({ ids, skipped }) =>
        skipped === undefined ? [] : [`The memory store was not filled with ${count(ids)} ids: ${skipped}.`],
      ),
    ],
  }
}

/** @param {readonly ClientRow[]} clients @returns {import('../family.js').Table} */
function tableOfClients(clients) {
  return {
    title: 'Claim and complete a new delivery, divided by two raw commands of the same client (p25 to p75)',
    columns: ['client', 'at once', 'ratio', 'store', 'raw commands'],
    rows: clients.flatMap(({ name, cells }) =>
      cells.map(({ loops, ratio, ourMicros, peerMicros }) => [
        name,
        `${loops}`,
        `${ratio.median.toFixed(2)} (${ratio.p25.toFixed(2)} to ${ratio.p75.toFixed(2)})`,
        `${ourMicros.median.toFixed(1)} µs`,
        `${peerMicros.median.toFixed(1)} µs`,
      ]),
    ),
  }
}

/** @param {readonly MemoryFigures[]} memory @returns {import('../family.js').Table} */
function tableOfGrowth(memory) {
  return {
    title: 'Memory store, as it grows',
    columns: ['ids', 'bytes per id', 'claim and complete', 'claim, up to 100,000 live'],
    rows: memory.flatMap(({ ids, bytesPerId, eventNs, claimNs }) =>
      bytesPerId && eventNs && claimNs
        ? [
            [
              count(ids),
              bytesPerId.toFixed(0),
              `${eventNs.median.toFixed(0)} ns (${eventNs.p25.toFixed(0)} to ${eventNs.p75.toFixed(0)})`,
              `${claimNs.median.toFixed(0)} ns (${claimNs.p25.toFixed(0)} to ${claimNs.p75.toFixed(0)})`,
            ],
          ]
        : [],
    ),
  }
}

/** @param {readonly ClientRow[]} clients @returns {import('../family.js').Plot} */
function plotOfClients(clients) {
  const measured = clients.filter(({ cells }) => cells.length > 0)
  const loopCounts = [...new Set(measured.flatMap(({ cells }) => cells.map(({ loops }) => loops)))]
  return {
    name: 'stores-to-raw-commands',
    title: 'Claim and complete, divided by two raw commands',
    unit: 'ratio',
    kind: 'bars',
    categories: measured.map(({ name }) => name),
    series: loopCounts.map((loops) => {
      const ratios = measured.map(({ cells }) => cells.find((cell) => cell.loops === loops)?.ratio)
      return {
        name: loops === 1 ? 'one at a time' : `${loops} at once`,
        values: ratios.map((ratio) => ratio?.median ?? null),
        low: ratios.map((ratio) => ratio?.p25 ?? null),
        high: ratios.map((ratio) => ratio?.p75 ?? null),
      }
    }),
    goal: { value: 1.1, label: 'goal of Redis: 1.10; of the others: 1.15' },
  }
}

/** @param {readonly MemoryFigures[]} memory @returns {import('../family.js').Plot[]} */
function plotsOfGrowth(memory) {
  const categories = memory.map(({ ids }) => count(ids))
  return [
    {
      name: 'memory-store-bytes',
      title: 'Memory store: bytes for each id, with its key of 72 characters',
      unit: 'bytes per id',
      kind: 'lines',
      categories,
      series: [{ name: 'bytes per id', values: memory.map(({ bytesPerId }) => bytesPerId ?? null) }],
      goal: { value: bytesPerIdAtMost, label: `goal: ${bytesPerIdAtMost}` },
    },
    {
      name: 'memory-store-time',
      title: 'Memory store: claim and complete, while the store grows to so many ids',
      unit: 'ns',
      kind: 'lines',
      categories,
      series: [
        {
          name: 'claim and complete',
          values: memory.map(({ eventNs }) => eventNs?.median ?? null),
          low: memory.map(({ eventNs }) => eventNs?.p25 ?? null),
          high: memory.map(({ eventNs }) => eventNs?.p75 ?? null),
        },
      ],
    },
  ]
}

/**
 * The worst of a backend's clients, one at a time and ten at once.
 *
 * @param {readonly ClientRow[]} clients
 * @param {readonly [ClientRow['backend'], number]} mark
 * @returns {Mark[]}
 */
function markOfBackend(clients, [backend, most]) {
  const [worst] = clients
    .filter((client) => client.backend === backend)
    .flatMap(({ name, cells }) =>
      cells.map(({ loops, ratio }) => ({ value: ratio.median, where: `${name}, ${loops} at once` })),
    )
    .sort((a, b) => b.value - a.value)
  return worst
    ? [{ name: `stores: ${backend} / raw commands`, most, isMet: worst.value <= most, ...worst }]
    : []
}

/** @param {readonly MemoryFigures[]} memory @returns {Mark[]} */
function marksOfMemory(memory) {
  const distance = (/** @type {MemoryFigures} */ { ids }) => Math.abs(Math.log(ids / usualIds))
  const [usual] = memory
    .filter(({ skipped }) => skipped === undefined)
    .sort((a, b) => distance(a) - distance(b))
  const { ids = 0, claimNs, bytesPerId = Number.NaN } = usual ?? {}
  if (claimNs === undefined) return []
  const claims = Math.round(1e9 / claimNs.median)
  const name = 'stores: memory store'
  return [
    {
      name: `${name}, claims a second`,
      least: claimsPerSecondAtLeast,
      value: claims,
      isMet: claims >= claimsPerSecondAtLeast,
    },
    {
      name: `${name}, bytes per id`,
      most: bytesPerIdAtMost,
      value: bytesPerId,
      isMet: bytesPerId <= bytesPerIdAtMost,
      where: `${count(ids)} ids`,
    },
  ]
}

/** @param {number} value */
function count(value) {
  return value.toLocaleString('en-US')
}
