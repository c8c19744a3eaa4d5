/**
 * Finds the name that was probably meant: one that differs in a few letters, or where one is the start of the other.
 *
 * @returns undefined if no name is close
 */
export function findClosestName(given: string, names: readonly string[]): string | undefined {
  const wanted = given.toLowerCase()
  const ranked = names
    .map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  const [nearest] = ranked
  if (nearest && nearest.distance <= Math.max(1, Math.floor(wanted.length * 0.4))) return nearest.name
  return names.find((name) => sharesBeginning(wanted, name.toLowerCase()))
}

const shortestBeginning = 4

function sharesBeginning(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= shortestBeginning && (a.startsWith(b) || b.startsWith(a))
}

/** The number of letters to add, remove or replace (Levenshtein distance). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
