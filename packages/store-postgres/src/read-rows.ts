/** The client gave no rows, or others than were asked for. */
export class UnreadableAnswerError extends Error {
  override name = 'UnreadableAnswerError'
}

/**
 * The one text that each row has, whatever the client calls it.
 *
 * @throws UnreadableAnswerError where the client gave something else
 */
export function readRows(result: unknown): readonly string[] {
  const rows = isRecord(result) && !Array.isArray(result) ? result.rows : result
  if (!Array.isArray(rows)) throw new UnreadableAnswerError('The client gave no rows.')
  return rows.map((row) => {
    const [text] = isRecord(row) ? Object.values(row) : []
    if (typeof text !== 'string') throw new UnreadableAnswerError('The client gave a row without a text.')
    return text
  })
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
