import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { SchemeDescriptor } from '@countersign/core'
import { writeCapture } from '@countersign/diagnosis'
import { CliError } from '../errors/cli-error.js'
import { describeFileError } from '../errors/describe-file-error.js'
import type { Terminal } from '../terminal.js'
import type { ReceivedDelivery } from './received-delivery.js'
import { headersToKeep, withholdInUrl } from './withhold-in-capture.js'

/** Creates the folder if it does not exist. @throws CliError if it cannot be created */
export async function createFolder(folder: string, { parts }: Terminal): Promise<void> {
  await mkdir(resolve(parts.cwd, folder), { recursive: true }).catch((error) => {
    throw new CliError(`cannot create the folder "${folder}": ${describeFileError(error)}`)
  })
}

/**
 * Saves a delivery as a JSON capture, which `verify` and `explain` read.
 *
 * @returns the file's path; undefined if there is no capture
 */
export async function saveCapture(
  { capture, receivedAt, verdict }: ReceivedDelivery,
  { folder, scheme }: { readonly folder: string; readonly scheme: SchemeDescriptor },
  terminal: Terminal,
): Promise<string | undefined> {
  if (!capture) return undefined
  const text = writeCapture(withholdInUrl(capture, scheme), { keepHeaders: headersToKeep(scheme) })
  const time = new Date(receivedAt).toISOString().replaceAll(':', '-')
  const path = freePath(folder, `${time}-${verdict}`, terminal.parts.cwd)
  await terminal.save(path, text)
  return path
}

/** Two deliveries may be received within a millisecond; neither replaces the other's file. */
function freePath(folder: string, name: string, cwd: string): string {
  for (let number = 1; ; number++) {
    const path = join(folder, `${name}${number === 1 ? '' : `-${number}`}.json`)
    if (!existsSync(resolve(cwd, path))) return path
  }
}
