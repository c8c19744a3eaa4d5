/** Errors may cause each other in a circle. */
const maxCauses = 5

/** Lists a thrown value and its causes, each once. */
export function listCauses(thrown: unknown): readonly unknown[] {
  const chain: unknown[] = [thrown]
  let cause = readCause(thrown)
  while (cause !== undefined && chain.length < maxCauses && !chain.includes(cause)) {
    chain.push(cause)
    cause = readCause(cause)
  }
  return chain
}

/** `Error ECONNRESET`: its type and code, without its message. */
export function typeNameWithCode(thrown: unknown): string {
  const code = typeof thrown === 'object' && thrown !== null ? readText(thrown, 'code') : ''
  return code ? `${typeName(thrown)} ${code}` : typeName(thrown)
}

/** `TypeError: fetch failed: Error: connect ECONNREFUSED`: what was thrown, with its causes. */
export function describeThrown(thrown: unknown): string {
  return listCauses(thrown).map(describeOne).join(': ')
}

/** The stacks of an error and of its causes; undefined if there are none. */
export function readStacks(thrown: unknown): string | undefined {
  const stacks = listCauses(thrown).map((cause) => read(cause, 'stack'))
  const known = stacks.filter((stack) => typeof stack === 'string' && stack !== '')
  return known.length === 0 ? undefined : known.join('\ncaused by ')
}

/** `TypeError`; for a value that is not an error, its type. It contains nothing of the value. */
export function typeName(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return thrown === null ? 'null' : typeof thrown
  return readText(thrown, 'name') || 'object'
}

function describeOne(thrown: unknown): string {
  if (thrown === null || thrown === undefined) return `${thrown} was thrown`
  if (typeof thrown === 'string') return JSON.stringify(thrown)
  if (typeof thrown !== 'object') return String(thrown)
  const message = readText(thrown, 'message')
  const code = readText(thrown, 'code')
  const name = readText(thrown, 'name') || 'an object that is no error'
  // Errors of Node and database drivers often have their reason in the code only.
  const coded = code && !message.includes(code) ? `${name} ${code}` : name
  return message ? `${coded}: ${message}` : coded
}

function readCause(thrown: unknown): unknown {
  return typeof thrown === 'object' && thrown !== null ? read(thrown, 'cause') : undefined
}

function readText(thrown: object, property: string): string {
  const value = read(thrown, property)
  return typeof value === 'string' ? value : ''
}

/** A thrown value may be a proxy, or have a getter that throws. */
function read(thrown: unknown, property: string): unknown {
  try {
    return (thrown as Record<string, unknown> | null | undefined)?.[property]
  } catch {
    return undefined
  }
}
