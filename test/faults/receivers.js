import { join } from 'node:path'
import { endProcess } from './end-process.js'
import { createStandby } from './standby.js'

/**
 * @typedef {object} Receiver
 * @property {number} life how many processes it has had
 * @property {string} url of its last process
 * @property {boolean} isUp
 * @property {import('node:child_process').ChildProcess | undefined} child
 * @property {ReturnType<typeof createStandby>} standby
 */

/** After this many receivers have exited by themselves, another one shows nothing new. */
const mostBroken = 5

/**
 * Three receivers on one store. When one dies, a standby process replaces it on another port.
 *
 * @param {object} options
 * @param {import('./types.js').RunSettings} options.run
 * @param {string} options.secret
 * @param {string} options.folder for the ledger, the journals and the output of the processes
 * @param {Readonly<Record<string, string>>} options.backend
 */
export function startReceivers({ run, secret, folder, backend }) {
  /** @type {Receiver[]} */
  const receivers = [0, 1, 2].map((slot) => ({
    life: 0,
    url: 'http://127.0.0.1:9',
    isUp: false,
    child: undefined,
    standby: createStandby({ store: run.store, slot, folder }),
  }))
  /** @type {Set<string>} */
  const killed = new Set()
  /** @type {string[]} */
  const broken = []
  let isStopping = false
  const ready = Promise.all(receivers.map(start))

  /**
   * @param {Receiver} receiver
   * @param {number} slot
   * @returns {Promise<void>}
   */
  async function start(receiver, slot) {
    const { child, printed } = await receiver.standby.take()
    if (isStopping) return
    if (child.exitCode !== null) {
      broken.push(`receiver ${slot} did not start (${child.exitCode}): ${printed()}`)
      return
    }
    const life = ++receiver.life
    const name = `${slot}.${life}`
    receiver.child = child
    child.once('exit', (status, signal) => {
      receiver.child = undefined
      receiver.isUp = false
      if (isStopping) return
      if (signal === 'SIGKILL') killed.add(name)
      else broken.push(`receiver ${name} exited by itself (${signal ?? status}): ${printed()}`)
      if (broken.length < mostBroken) void start(receiver, slot)
    })
    /** @type {import('./types.js').ReceiverSettings} */
    const settings = {
      run,
      secret,
      slot,
      life,
      backend,
      ledgerFile: join(folder, 'ledger.jsonl'),
      journalFile: join(folder, `journal-${name}.jsonl`),
    }
    child.send(settings, () => {})
    await new Promise((resolve) => {
      child.once('exit', resolve)
      child.once('message', (message) => {
        receiver.url = `http://127.0.0.1:${Object(message).port}/webhooks/visibuild`
        receiver.isUp = true
        resolve(undefined)
      })
    })
  }

  return {
    ready,
    killed,
    broken,
    /**
     * The URL to which a load balancer sends a delivery. It knows which receivers are up, and is sometimes wrong.
     *
     * @param {number} slot
     * @param {boolean} isWrong
     */
    urlOf(slot, isWrong) {
      const inTurn = [0, 1, 2].map((step) => receivers[(slot + step) % 3])
      const chosen = isWrong ? inTurn[0] : (inTurn.find((receiver) => receiver?.isUp) ?? inTurn[0])
      return chosen?.url ?? ''
    },
    /** @param {number} slot */
    kill: (slot) => receivers[slot]?.child?.kill('SIGKILL') === true,
    async stop() {
      isStopping = true
      const children = receivers.flatMap(({ child }) => (child ? [child] : []))
      await Promise.all([
        ...receivers.map(({ standby }) => standby.stop()),
        ...children.map((child) => endProcess(child)),
      ])
    },
  }
}
