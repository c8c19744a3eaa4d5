import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { causeFaults } from './cause-faults.js'
import { removeAtExit, removeFolder } from './cleanup.js'
import { collectEvidence } from './collect-evidence.js'
import { describeHang } from './describe-hang.js'
import { judge } from './judgement/judge.js'
import { planEvents } from './plan/plan-events.js'
import { planFaults } from './plan/plan-faults.js'
import { startReceivers } from './receivers.js'
import { sendEvents } from './sender/send-events.js'
import { withTimeout } from './with-timeout.js'

/**
 * @typedef {object} RunResult
 * @property {import('./types.js').RunSettings} run
 * @property {import('./types.js').Evidence} evidence
 * @property {import('./types.js').Verdict} verdict
 * @property {{ restarts: number, slowSpells: number }} caused
 * @property {number} seconds
 * @property {string} folder with the files of the run
 */

/**
 * Does one run: starts receivers, sender and faults on one store, and then judges the evidence.
 *
 * @param {import('./types.js').RunSettings} run
 * @param {import('./types.js').Backend} backend
 * @param {{ keep: boolean }} options
 * @returns {Promise<RunResult>}
 * @throws Error that says what hangs, if the run does not end in time
 */
export async function runOnce(run, backend, { keep }) {
  const began = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'countersign-faults-'))
  if (!keep) removeAtExit(folder)
  await backend.prepare()
  const secret = randomBytes(32).toString('hex')
  const receivers = startReceivers({ run, secret, folder, backend: backend.settings })
  /** @type {(() => unknown)[]} */
  const stops = [receivers.stop]
  try {
    await withTimeout(
      run.deadlineMs,
      receivers.ready,
      () => `the receivers did not start: ${receivers.broken.join('\n')}`,
    )
    const sending = sendEvents(planEvents(run), { run, secret, urlOf: receivers.urlOf })
    const causing = causeFaults(planFaults(run), { backend, receivers })
    stops.unshift(sending.stop, causing.stop)
    const over = Promise.all([sending.over, causing.over])
    await withTimeout(run.deadlineMs, over, () => describeHang(sending.events, causing.under))
    const gathering = collectEvidence(run, { backend, receivers, folder, events: sending.events })
    const evidence = await withTimeout(30_000, gathering, () => 'the store did not list its records')
    const seconds = (performance.now() - began) / 1_000
    return { run, evidence, verdict: judge(evidence), caused: causing.caused, seconds, folder }
  } finally {
    await withTimeout(30_000, Promise.allSettled(stops.map((stop) => stop())), () => 'the run did not stop')
    if (!keep) removeFolder(folder)
  }
}
