const texts = {
  ascii: 'The slab on level 3 has a crack next to column B4; please have a look at it. ',
  /** With characters outside Latin-1, JavaScript engines store two bytes for every character of the text. */
  world: 'Zoë from Łódź reports a crack on level 3 🙂; please have a look at it, 谢谢. ',
}

/**
 * Builds a body of an exact size, as a ticket system might send it: JSON with a list of comments.
 *
 * @param {number} bytes
 * @param {string} id
 * @param {keyof typeof texts} [text]
 */
export function buildBody(bytes, id, text = 'ascii') {
  /** @type {{ id: string, text: string }[]} */
  const comments = []
  const write = (/** @type {string} */ rest) =>
    JSON.stringify({ id, type: 'ticket.created', ...(comments.length > 0 ? { comments } : {}), rest })
  const comment = { id: 'c-0001', author: 'ada@example.com', text: texts[text].repeat(3) }
  const room = bytes - Buffer.byteLength(write(''))
  const commentBytes = Buffer.byteLength(JSON.stringify(comment)) + 1
  for (let left = room - 20; left >= commentBytes; left -= commentBytes) comments.push(comment)
  const missing = bytes - Buffer.byteLength(write(''))
  if (missing < 0) throw new RangeError(`A body of ${bytes} bytes is too small for its fields.`)
  return Buffer.from(write('.'.repeat(missing)), 'utf8')
}
