import { BlockList, isIP } from 'node:net'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Adds `--allow-remote`. @returns reads and checks a URL that requests are to be sent to */
export function addTargetOption(command: Command): (url: string) => URL {
  command.option('--allow-remote', 'send to other machines than this one: only to what is yours to test')
  return (url) => checkTarget(url, { allowRemote: command.opts().allowRemote === true })
}

/**
 * A URL that requests may be sent to: on this machine, unless others are allowed. The text alone decides: looking a name
 * up would already tell a name server of it, and the answer may be another by the time of sending.
 *
 * @throws CliError with what to do
 */
export function checkTarget(
  url: string,
  { allowRemote = false }: { readonly allowRemote?: boolean } = {},
): URL {
  const target = parseUrl(url)
  const host = target.hostname.replace(/^\[|\]$/g, '')
  if (!allowRemote && !isThisMachine(host)) refuseRemote(host)
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

function isThisMachine(host: string): boolean {
  const family = isIP(host)
  // RFC 6761: these names never leave the machine.
  if (family === 0) return /(^|\.)localhost\.?$/.test(host)
  return loopback.check(host, family === 6 ? 'ipv6' : 'ipv4')
}

function refuseRemote(host: string): never {
  throw new CliError(
    isIP(host) === 0
      ? `"${host}" may be another machine; use 127.0.0.1 or localhost, or add --allow-remote if it is yours to test`
      : `"${host}" is not this machine; add --allow-remote if it is yours to test`,
  )
}
