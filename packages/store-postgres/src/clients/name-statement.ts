import type { Statement } from '../statements/statement.js'

const names = new WeakMap<Statement, string>()

/** Names a prepared statement after its text: pg refuses one name for two texts, as two tables or two versions of this package have. */
export function nameStatement(statement: Statement): string {
  let name = names.get(statement)
  if (name === undefined) {
    name = `countersign_${hashText(statement.text)}`
    names.set(statement, name)
  }
  return name
}

/** FNV-1a from both ends, 64 bits together. Only this package's own texts are hashed, so nobody can choose two that collide. */
function hashText(text: string): string {
  let forward = 0x811c9dc5
  let backward = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    forward = Math.imul(forward ^ text.charCodeAt(index), 0x01000193)
    backward = Math.imul(backward ^ text.charCodeAt(text.length - 1 - index), 0x01000193)
  }
  return [forward, backward].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
