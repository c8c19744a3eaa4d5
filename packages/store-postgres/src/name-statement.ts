import type { Statement } from './statements/statement.js'

const names = new WeakMap<Statement, string>()

/** A name for the prepared statement. pg refuses one name for two texts, as two tables or two versions of this package have. */
export function nameStatement(statement: Statement): string {
  let name = names.get(statement)
  if (name === undefined) {
    name = `countersign_${foldText(statement.text)}`
    names.set(statement, name)
  }
  return name
}

/** FNV-1a over both ends: two different texts of this package do not meet in 64 bits. */
function foldText(text: string): string {
  let forward = 0x811c9dc5
  let backward = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    forward = Math.imul(forward ^ text.charCodeAt(index), 0x01000193)
    backward = Math.imul(backward ^ text.charCodeAt(text.length - 1 - index), 0x01000193)
  }
  return [forward, backward].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
