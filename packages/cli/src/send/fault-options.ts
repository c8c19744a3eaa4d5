import { randomBytes } from 'node:crypto'
import type { Scheme } from '@countersign/core'
import { type SignedRequest, type SignOptions, tamperBody } from '@countersign/testing'
import type { Command } from 'commander'
import { CliError } from '../errors/cli-error.js'

interface FaultValues {
  readonly forge?: boolean
  readonly stale?: boolean
  readonly future?: boolean
  readonly tamper?: boolean
  readonly timestamp?: number
  readonly bodyFile?: string
  readonly form?: object
}

/** What is wrong with a delivery on purpose: a receiver must refuse it. */
export interface Faults {
  /** For the output: `forged`, `stale`; empty if nothing is wrong. */
  readonly names: readonly string[]
  readonly options: SignOptions
  change(request: SignedRequest): SignedRequest
}

/** Added to the tolerance; more than clocks differ. */
const marginSeconds = 60

/** Adds `--forge`, `--stale`, `--future` and `--tamper`. @returns reads them */
export function addFaultOptions(command: Command): (scheme: Scheme) => Faults {
  command
    .option('--forge', 'sign with a random secret instead')
    .option('--stale', "sign a time older than the scheme's tolerance, as in a replay")
    .option('--future', "sign a time further in the future than the scheme's tolerance")
    .option('--tamper', 'change one bit of the body after signing')
  return (scheme) => {
    const values: FaultValues = command.opts()
    checkFaults(values, scheme)
    const { forge = false, stale = false, future = false, tamper = false } = values
    const given = { forged: forge, stale, 'from the future': future, tampered: tamper }
    return {
      names: Object.entries(given).flatMap(([name, isGiven]) => (isGiven ? [name] : [])),
      options: {
        // Hex is a valid secret for every scheme: as text, as base64 and as hex.
        ...(forge && { secret: forgedSecret(scheme) }),
        ...((stale || future) && { timestamp: timeBeyond(scheme, stale ? 'past' : 'future') }),
      },
      change: (request) => (tamper ? tamperBody(request) : request),
    }
  }
}

function checkFaults(values: FaultValues, { name, signature, timestamp }: Scheme): void {
  const { stale, future, tamper } = values
  const coversBody = signature.algorithm !== 'token' && signature.algorithm !== 'basic'
  if (tamper && !coversBody)
    throw new CliError(`the proof of "${name}" does not cover the body; remove --tamper`)
  if (!stale && !future) return
  if (stale && future) throw new CliError('give --stale or --future, not both')
  const option = stale ? '--stale' : '--future'
  if (!timestamp)
    throw new CliError(`"${name}" signs no timestamp, so no delivery is too old or too new; remove ${option}`)
  if (values.timestamp !== undefined) throw new CliError(`give ${option} or --timestamp, not both`)
  if ('json' in timestamp && (values.bodyFile !== undefined || values.form !== undefined))
    throw new CliError(
      `"${name}" has its timestamp in a JSON body; use --payload, so that it can be written there`,
    )
}

function forgedSecret({ signature }: Scheme): string {
  const random = randomBytes(32).toString('hex')
  return signature.algorithm === 'basic' ? `forged:${random}` : random
}

function timeBeyond({ toleranceSeconds = 300 }: Scheme, side: 'past' | 'future'): number {
  const tolerance = typeof toleranceSeconds === 'number' ? toleranceSeconds : toleranceSeconds[side]
  const distanceMs = (tolerance + marginSeconds) * 1000
  return Date.now() + (side === 'past' ? -distanceMs : distanceMs)
}
