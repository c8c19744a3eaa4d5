const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const

/** A duration in its two largest units: `2 min 30 s`, `4 h`. */
export function formatDuration(seconds: number): string {
  let rest = Math.round(seconds)
  const parts: string[] = []
  for (const [unit, size] of units) {
    if (rest >= size) parts.push(`${Math.floor(rest / size)} ${unit}`)
    rest %= size
  }
  if (rest > 0 || parts.length === 0) parts.push(`${rest} s`)
  return parts.slice(0, 2).join(' ')
}
