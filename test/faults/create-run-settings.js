/** @typedef {import('./types.js').RunSettings} RunSettings */

/**
 * Creates the settings of one run. With fewer events, everything is smaller and faster in the same proportions: a lease
 * ends before about the sixth attempt, and the store is down for a shorter time than the sender keeps retrying.
 *
 * @param {import('./types.js').Options} options
 * @param {{ store: import('./types.js').StoreName, form: import('./types.js').Form, seed: number }} run
 * @returns {RunSettings}
 */
export function createRunSettings({ events, isQuick, flaw }, { store, form, seed }) {
  const scale = events / 5_000
  return {
    store,
    form,
    seed,
    events,
    speed: isQuick ? 5_000 : 2_000,
    spreadMs: isQuick ? 5_000 : Math.max(5_000, events * 5.4),
    concurrency: 40,
    answerTimeoutMs: isQuick ? 1_500 : 3_000,
    leaseMs: isQuick ? 600 : 1_000,
    storeTimeoutMs: isQuick ? 300 : 500,
    killsPerPlace: isQuick ? 1.5 : Math.max(2, 12 * scale),
    outsideKills: isQuick ? 3 : Math.max(3, Math.round(10 * scale)),
    restarts: isQuick ? 1 : Math.max(1, Math.round(4 * scale)),
    slowSpells: isQuick ? 2 : Math.max(2, Math.round(8 * scale)),
    // 5,000 events take about 75 s on an idle machine, and have taken over 180 s on a busy one.
    deadlineMs: isQuick ? 60_000 : Math.max(90_000, events * 72),
    flaw,
  }
}
