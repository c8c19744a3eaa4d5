import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { defineScheme, type Scheme, type SchemeDescriptor } from '@countersign/core'
import {
  embeddable,
  fingerprintingApi,
  github,
  scratcher,
  shopify,
  slack,
  standardWebhooks,
  stripe,
  visibuild,
  visisto,
} from '@countersign/core/schemes'
import type { Command } from 'commander'
import { CliError } from '../errors/cli-error.js'
import { describeFileError } from '../errors/describe-file-error.js'
import type { Terminal } from '../terminal.js'

/** The schemes that `--scheme` takes by name, with their default options. Other options need a descriptor's file. */
export const namedSchemes: Readonly<Record<string, () => Scheme>> = {
  visisto,
  'fingerprinting-api': () => fingerprintingApi({ event: 'NEW_VISIT' }),
  embeddable,
  visibuild,
  scratcher,
  'standard-webhooks': standardWebhooks,
  github,
  stripe,
  slack,
  shopify,
}

/** The URL that the sender called, for `{url}` in a descriptor without a URL. */
interface CalledUrl {
  readonly url?: string | undefined
}

/** Adds `--scheme`. @returns reads the scheme it names */
export function addSchemeOption(
  command: Command,
): (terminal: Terminal, called?: CalledUrl) => Promise<Scheme> {
  command.requiredOption(
    '--scheme <name|file>',
    `${Object.keys(namedSchemes).join(', ')}, or a JSON file with a descriptor`,
  )
  return async ({ parts }, called = {}) => {
    const { scheme: name }: { scheme: string } = command.opts()
    if (Object.hasOwn(namedSchemes, name)) return namedSchemes[name]?.() as Scheme
    const text = await readFile(resolve(parts.cwd, name), 'utf8').catch((error) => {
      if (error.code !== 'ENOENT')
        throw new CliError(`cannot read the scheme "${name}": ${describeFileError(error)}`)
      throw new CliError(
        `unknown scheme "${name}"; use ${Object.keys(namedSchemes).join(', ')}, or the path of a JSON file with a descriptor`,
      )
    })
    return defineScheme(withUrl(parseDescriptor(text, name), called))
  }
}

function parseDescriptor(text: string, name: string): SchemeDescriptor {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    throw new CliError(`"${name}" is not JSON; a scheme file holds the descriptor that defineScheme() takes`)
  }
}

/** A receiver needs its public URL in the descriptor; for a capture, the URL that was called is known. */
function withUrl(descriptor: SchemeDescriptor, { url }: CalledUrl): SchemeDescriptor {
  const needsUrl = typeof descriptor?.signedContent === 'string' && descriptor.signedContent.includes('{url}')
  return needsUrl && descriptor.url === undefined && url !== undefined ? { ...descriptor, url } : descriptor
}
