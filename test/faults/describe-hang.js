/**
 * Describes what a run is still waiting for when its time is up.
 *
 * @param {readonly import('./types.js').SentEvent[]} events
 * @param {ReadonlySet<string>} faults that are still running
 */
export function describeHang(events, faults) {
  const open = events.filter(({ isOver }) => !isOver)
  const lines = open.slice(0, 5).map(({ id, deliveries, isAccepted }) => {
    const last = deliveries.at(-1)
    const seen = last ? `attempt ${last.attempt}: ${last.status ?? ''} ${last.answer}` : 'never sent'
    return `  ${id}: ${isAccepted ? 'accepted, ' : ''}${seen}`
  })
  const named = faults.size === 0 ? 'none' : [...faults].join(', ')
  return [`${open.length} events have not ended; running faults: ${named}`, ...lines].join('\n')
}
