import type { BasicCredentials, SecretValue } from '@countersign/core'
import { keyVariants } from '../../recompute/key-variants.js'
import type { Clue, Scene } from './clue.js'

/** Why Basic credentials are refused: their form, or what differs between those that came and those configured. */
export function inspectBasic(scene: Scene): readonly Clue[] {
  const [value] = scene.valuesOf('authorization')
  if (value === undefined) return []
  const encoded = /^basic\s+(.*)$/is.exec(value.trim())?.[1]
  if (encoded === undefined)
    return [{ cause: 'basic.malformed', rank: 1, detail: 'it does not begin with "Basic "' }]
  const decoded = Buffer.from(encoded.trim(), 'base64').toString('utf8')
  const isCanonical = Buffer.from(decoded, 'utf8').toString('base64') === encoded
  const given = scene.options.secrets.map(({ value: secret }) => credentialsOf(secret))
  const isRight = given.some((one) => one === decoded || one === encoded)
  if (given.includes(encoded.trim()))
    return [{ cause: 'basic.malformed', rank: 1, detail: 'the credentials are not in base64' }]
  if (!decoded.includes(':'))
    return [{ cause: 'basic.malformed', rank: 1, detail: 'there is no colon in it' }]
  if (isRight && !isCanonical)
    return [{ cause: 'basic.malformed', rank: 1, detail: 'its base64 is not in its one spelling' }]
  const clues: Clue[] = given.flatMap((one, index) =>
    compare(one, decoded).map((cause) => ({ cause, rank: 1.2 + index })),
  )
  if (given.indexOf(decoded) > 0) clues.push({ cause: 'secret.other-endpoint', rank: 1 })
  return clues.sort((a, b) => a.rank - b.rank)
}

function credentialsOf(secret: SecretValue): string {
  if (typeof secret === 'string') return secret
  if (secret instanceof Uint8Array) return Buffer.from(secret).toString('utf8')
  const { username = '', password = '' }: BasicCredentials = secret
  return `${username}:${password}`
}

/** What was done to user name or password, each by itself. */
function compare(configured: string, sent: string): readonly string[] {
  const [user, password] = cut(configured)
  const [sentUser, sentPassword] = cut(sent)
  if (user === sentPassword && password === sentUser) return ['basic.swapped']
  const faults = [part(user, sentUser), part(password, sentPassword)]
  return faults.includes(undefined) ? [] : [...new Set(faults.flatMap((list) => list ?? []))]
}

function cut(text: string): readonly [user: string, password: string] {
  const at = text.indexOf(':')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

/** @returns undefined where nothing leads from one to the other */
function part(configured: string, sent: string): readonly string[] | undefined {
  if (configured === sent) return []
  const found = keyVariants([configured], { name: 'part', signature: { algorithm: 'basic' } }).find(
    ({ bytes }) => Buffer.from(bytes).toString('utf8') === sent,
  )
  return found?.faults.map(({ cause }) => cause)
}
