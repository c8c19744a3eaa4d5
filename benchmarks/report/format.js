const kB = 1024

/** @param {number} bytes of a body; in these benchmarks, 1 kB is 1024 bytes */
export function sizeName(bytes) {
  if (bytes < kB) return `${bytes} B`
  return bytes < kB * kB ? `${bytes / kB} kB` : `${bytes / kB / kB} MiB`
}

/** @param {number} value with three significant digits, and without an exponent */
export function figure(value) {
  if (Number.isInteger(value)) return value.toLocaleString('en')
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2)
}

/** @param {import('../family.js').Mark} mark */
export function limitOf({ most, least }) {
  return most !== undefined ? `at most ${figure(most)}` : `at least ${figure(least ?? Number.NaN)}`
}
