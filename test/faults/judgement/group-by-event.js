/**
 * @template {{ readonly event: string }} T
 * @param {readonly T[]} list
 * @returns {Map<string, T[]>} in the order of the list
 */
export function groupByEvent(list) {
  /** @type {Map<string, T[]>} */
  const groups = new Map()
  for (const item of list) {
    const group = groups.get(item.event)
    if (group) group.push(item)
    else groups.set(item.event, [item])
  }
  return groups
}
