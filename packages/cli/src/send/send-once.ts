import { CliError } from '../errors/cli-error.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { type AttemptResult, isExpected } from './attempt-result.js'
import { deliveryToJson } from './delivery-to-json.js'
import { formatAttempt } from './format-attempt.js'
import { formatDelivery } from './format-delivery.js'
import { sendAttempt } from './send-attempt.js'
import type { SendJob } from './send-job.js'

/** Sends one delivery, once or twice, and prints each answer. */
export async function sendOnce(job: SendJob, times: 1 | 2): Promise<ExitCode> {
  const { faults, terminal, asJson } = job
  const prepared = job.prepare()
  const request = faults.change(prepared.sign())
  const delivery = deliveryToJson(prepared, request, job)
  const exchanges: AttemptResult[] = []
  if (!asJson) terminal.printLines([formatDelivery(delivery), ...job.formatId(prepared)])
  for (let time = 1; time <= times; time++) {
    const result = await sendAttempt(request, job)
    exchanges.push(result)
    if (result.status === null) break
    const label = times === 1 ? '' : time === 1 ? 'first:  ' : 'second: '
    if (!asJson) terminal.print(`${label}${formatAttempt(result)}`)
  }
  const code = chooseExitCode(exchanges, job)
  if (asJson) {
    terminal.printJson({ delivery, exchanges, ok: code === exitCodes.ok })
    return code
  }
  const last = exchanges.at(-1)
  if (last?.status == null)
    throw new CliError(`no answer from ${job.target}: ${last?.failure}`, exitCodes.unreachable)
  terminal.printLines(judge(exchanges, job))
  return code
}

function chooseExitCode(results: readonly AttemptResult[], { faults }: SendJob): ExitCode {
  const isFaulty = faults.names.length > 0
  if (results.some(({ status }) => status === null)) return exitCodes.unreachable
  return results.every(({ status }) => status !== null && isExpected({ status }, isFaulty))
    ? exitCodes.ok
    : exitCodes.no
}

/** What the status codes mean. */
function judge(results: readonly AttemptResult[], { faults, terminal }: SendJob): readonly string[] {
  if (results.some(({ status }) => status === 404))
    return [terminal.style('yellow', "404: check the path of the receiver's URL")]
  if (faults.names.length === 0) return []
  const isRefused = results.every(({ status }) => isExpected({ status: status ?? 0 }, true))
  if (isRefused) return [terminal.style('green', 'refused, as it must be')]
  const isAccepted = results.some(({ status }) => isExpected({ status: status ?? 0 }, false))
  const problem = isAccepted ? 'accepted' : 'neither accepted nor refused'
  return [
    terminal.style(
      'red',
      `${problem}: a delivery that is ${faults.names.join(' and ')} must be refused with 4xx`,
    ),
  ]
}
