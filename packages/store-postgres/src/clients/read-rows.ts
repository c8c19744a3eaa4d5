/** The client returned no rows, or others than the statement has. */
export class UnreadableAnswerError extends Error {
  override name = 'UnreadableAnswerError'
}

/**
 * Reads the one text of each row, whatever the client calls the column.
 *
 * @throws UnreadableAnswerError
 */
export function readRows(result: unknown): readonly string[] {
  const rows = isRecord(result) && !Array.isArray(result) ? result.rows : result
  if (!Array.isArray(rows)) throw new UnreadableAnswerError('The client returned no rows.')
  return rows.map((row) => {
    const [text] = isRecord(row) ? Object.values(row) : []
    if (typeof text !== 'string') throw new UnreadableAnswerError('The client returned a row without text.')
    return text
  })
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
