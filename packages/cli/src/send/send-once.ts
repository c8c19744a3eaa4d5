import { CliError } from '../cli-error.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { type Dispatch, exchange } from './dispatch.js'
import { type Exchange, isAsExpected, tellExchange } from './exchange.js'
import { tellDelivery, toldDelivery } from './tell-delivery.js'

/** Sends one delivery, or the very same twice, and says how it was answered. */
export async function sendOnce(dispatch: Dispatch, times: 1 | 2): Promise<ExitCode> {
  const { faults, terminal, asJson } = dispatch
  const delivery = dispatch.prepare()
  const request = faults.change(delivery.sign())
  const told = toldDelivery(delivery, request, dispatch)
  const exchanges: Exchange[] = []
  if (!asJson) for (const line of [tellDelivery(told), ...dispatch.tellId(delivery)]) terminal.print(line)
  for (let time = 1; time <= times; time++) {
    const answered = await exchange(request, dispatch)
    exchanges.push(answered)
    if (!asJson && answered.status !== null) {
      const label = times === 1 ? '' : time === 1 ? 'first:  ' : 'second: '
      terminal.print(`${label}${tellExchange(answered)}`)
    }
    if (answered.status === null) break
  }
  const code = endOf(exchanges, dispatch)
  if (asJson) {
    terminal.printJson({ delivery: told, exchanges, ok: code === exitCodes.ok })
    return code
  }
  const last = exchanges.at(-1)
  if (last?.status == null)
    throw new CliError(`no answer from ${dispatch.target}: ${last?.failure}`, exitCodes.unreachable)
  for (const line of judge(exchanges, dispatch)) terminal.print(line)
  return code
}

function endOf(exchanges: readonly Exchange[], { faults }: Dispatch): ExitCode {
  const isFaulty = faults.names.length > 0
  const isExpected = ({ status }: Exchange) => status !== null && isAsExpected({ status }, isFaulty)
  if (exchanges.some(({ status }) => status === null)) return exitCodes.unreachable
  return exchanges.every(isExpected) ? exitCodes.ok : exitCodes.no
}

/** What a status alone does not say. */
function judge(exchanges: readonly Exchange[], { faults, terminal }: Dispatch): readonly string[] {
  if (exchanges.some(({ status }) => status === 404))
    return [terminal.style('yellow', '404: is the path right?')]
  if (faults.names.length === 0) return []
  const refused = exchanges.every(({ status }) => isAsExpected({ status: status ?? 0 }, true))
  if (refused) return [terminal.style('green', 'refused, as it must be')]
  const taken = exchanges.some(({ status }) => isAsExpected({ status: status ?? 0 }, false))
  const problem = taken ? 'taken' : 'neither taken nor refused'
  return [
    terminal.style(
      'red',
      `${problem}: a delivery that is ${faults.names.join(' and ')} must be refused with 4xx`,
    ),
  ]
}
