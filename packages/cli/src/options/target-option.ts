import { BlockList, isIP } from 'node:net'
import type { Command } from 'commander'
import { CliError } from '../errors/cli-error.js'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Adds `--allow-remote`. @returns parses and checks the URL to send to */
export function addTargetOption(command: Command): (url: string) => URL {
  command.option('--allow-remote', 'send to other machines too: only to receivers you may test')
  return (url) => checkTarget(url, { allowRemote: command.opts().allowRemote === true })
}

/**
 * Checks a URL before requests are sent to it: only this machine is allowed, unless the user allows others. That prevents
 * test deliveries to somebody else's receiver. Only the text decides: a DNS lookup would already contact a name server,
 * and could return another address at the time of sending.
 *
 * @throws CliError with what to change
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
    throw new CliError('the URL is not valid; write a whole URL, for example http://127.0.0.1:3000/webhooks')
  if (target.username !== '' || target.password !== '')
    throw new CliError(
      'the URL has a user name or a password; remove it: a secret must not be on a command line',
    )
  return target
}

function isThisMachine(host: string): boolean {
  const family = isIP(host)
  // RFC 6761: these names always mean this machine.
  if (family === 0) return /(^|\.)localhost\.?$/.test(host)
  return loopback.check(host, family === 6 ? 'ipv6' : 'ipv4')
}

function refuseRemote(host: string): never {
  throw new CliError(
    isIP(host) === 0
      ? `"${host}" may be another machine; use 127.0.0.1 or localhost, or add --allow-remote if you may test it`
      : `"${host}" is not this machine; add --allow-remote if you may test it`,
  )
}
