import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { SchemeDescriptor } from '@countersign/core'
import { writeCapture } from '@countersign/diagnosis'
import { CliError } from '../cli-error.js'
import { describeFileError } from '../describe-file-error.js'
import type { Terminal } from '../terminal.js'
import type { ArrivedDelivery } from './arrived-delivery.js'
import { headersToKeep, withoutSecretsInUrl } from './keep-out-secrets.js'

/** Makes the folder where it is missing. @throws CliError where that is not possible */
export async function openFolder(folder: string, { parts }: Terminal): Promise<void> {
  await mkdir(resolve(parts.cwd, folder), { recursive: true }).catch((error) => {
    throw new CliError(`cannot make the folder "${folder}": ${describeFileError(error)}`)
  })
}

/**
 * Saves a delivery as the JSON capture that `verify` and `explain` take.
 *
 * @returns the file's path; undefined where there is nothing to save
 */
export async function saveCapture(
  { capture, arrivedAt, verdict }: ArrivedDelivery,
  { folder, scheme }: { readonly folder: string; readonly scheme: SchemeDescriptor },
  terminal: Terminal,
): Promise<string | undefined> {
  if (!capture) return undefined
  const text = writeCapture(withoutSecretsInUrl(capture, scheme), { keepHeaders: headersToKeep(scheme) })
  const time = new Date(arrivedAt).toISOString().replaceAll(':', '-')
  const path = freePath(folder, `${time}-${verdict}`, terminal.parts.cwd)
  await terminal.save(path, text)
  return path
}

/** Two may come within a millisecond; none takes the other's place. */
function freePath(folder: string, name: string, cwd: string): string {
  for (let number = 1; ; number++) {
    const path = join(folder, `${name}${number === 1 ? '' : `-${number}`}.json`)
    if (!existsSync(resolve(cwd, path))) return path
  }
}
