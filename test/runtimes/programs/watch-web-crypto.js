/**
 * Counts the MACs that WebCrypto computes from now on, so that the suite sees which of the core's two implementations runs.
 *
 * @returns {{ countMacs: () => number }}
 */
export function watchWebCrypto() {
  const { subtle } = crypto
  const sign = subtle.sign.bind(subtle)
  let count = 0
  /** @type {typeof sign} */
  const countAndSign = (...args) => {
    count += 1
    return sign(...args)
  }
  subtle.sign = countAndSign
  if (crypto.subtle.sign !== countAndSign)
    throw new Error('The sign function of WebCrypto cannot be replaced on this runtime.')
  return { countMacs: () => count }
}
