import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { exitCodes } from '../exit-codes.js'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Adds `--allow-remote`. @returns reads and checks a URL that requests are to be sent to */
export function addTargetOption(command: Command): (url: string) => Promise<URL> {
  command.option('--allow-remote', 'send to other machines than this one: only to what is yours to test')
  return (url) => checkTarget(url, { allowRemote: command.opts().allowRemote === true })
}

/**
 * A URL that requests may be sent to: on this machine, unless others are allowed. A name must lead nowhere else.
 *
 * @throws CliError with what to do
 */
export async function checkTarget(
  url: string,
  { allowRemote = false }: { readonly allowRemote?: boolean } = {},
): Promise<URL> {
  const target = parseUrl(url)
  if (allowRemote) return target
  const host = target.hostname.replace(/^\[|\]$/g, '')
  for (const address of await addressesOf(host)) {
    if (!loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) refuseRemote(target)
  }
  return target
}

function parseUrl(url: string): URL {
  const target = URL.canParse(url) ? new URL(url) : undefined
  if (target === undefined || !/^https?:$/.test(target.protocol))
    throw new CliError('the URL is none; write it whole, as http://127.0.0.1:3000/webhooks')
  if (target.username !== '' || target.password !== '')
    throw new CliError('the URL holds a user name or a password; secrets do not belong on a command line')
  return target
}

async function addressesOf(host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host]
  // RFC 6761: these names never leave the machine.
  if (/(^|\.)localhost\.?$/.test(host)) return ['127.0.0.1']
  const found = await lookup(host, { all: true }).catch(({ code }) => {
    throw new CliError(`there is no host "${host}" (${code})`, exitCodes.unreachable)
  })
  return found.map(({ address }) => address)
}

function refuseRemote({ hostname }: URL): never {
  throw new CliError(`"${hostname}" is not this machine; add --allow-remote if it is yours to test`)
}
