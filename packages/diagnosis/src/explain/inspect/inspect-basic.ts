import { keyVariants } from '../../recompute/key-variants.js'
import { secretText } from '../secret-text.js'
import type { Clue, Scene } from './scene.js'

/** Why Basic credentials are refused: their format, or how the received ones differ from the configured ones. */
export function inspectBasic(scene: Scene): readonly Clue[] {
  const [value] = scene.valuesOf('authorization')
  if (value === undefined) return []
  const encoded = /^basic\s+(.*)$/is.exec(value.trim())?.[1]
  if (encoded === undefined)
    return [{ cause: 'basic.malformed', rank: 1, detail: 'the value does not start with "Basic "' }]
  const decoded = Buffer.from(encoded.trim(), 'base64').toString('utf8')
  const isCanonical = Buffer.from(decoded, 'utf8').toString('base64') === encoded
  const given = scene.options.secrets.map(({ value: secret }) => secretText(secret))
  const isRight = given.some((one) => one === decoded || one === encoded)
  if (given.includes(encoded.trim()))
    return [{ cause: 'basic.malformed', rank: 1, detail: 'the credentials are not in base64' }]
  if (!decoded.includes(':'))
    return [{ cause: 'basic.malformed', rank: 1, detail: 'the decoded value has no colon' }]
  if (isRight && !isCanonical)
    return [{ cause: 'basic.malformed', rank: 1, detail: 'the base64 is not in canonical form' }]
  const clues: Clue[] = given.flatMap((one, index) =>
    compare(one, decoded).map((cause) => ({ cause, rank: 1.2 + index })),
  )
  if (given.indexOf(decoded) > 0) clues.push({ cause: 'secret.other-endpoint', rank: 1 })
  return clues.sort((a, b) => a.rank - b.rank)
}

/** What happened to the user name and to the password, each on its own. */
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

/** @returns undefined if no known change turns one into the other */
function part(configured: string, sent: string): readonly string[] | undefined {
  if (configured === sent) return []
  const found = keyVariants([configured], { name: 'part', signature: { algorithm: 'basic' } }).find(
    ({ bytes }) => Buffer.from(bytes).toString('utf8') === sent,
  )
  return found?.faults.map(({ cause }) => cause)
}
