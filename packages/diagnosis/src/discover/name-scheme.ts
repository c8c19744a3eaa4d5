/** Words of headers that say what stands there, and not who sent it. */
const common =
  /^(x|signature|signatures|sig|hmac|hmacsha\d+|hmacsignature|mac|sha|sha1|sha256|sha384|sha512|sha2|md5|base64|hex|digest|hash|v\d+|\d+|webhook|webhooks|hook|hooks|content|request|event|eventsub|message|primary|secondary|auth|authorization|token|secret|key|api|http|verification|verify|authentication|security)$/

/** A name for a scheme whose proof stands in this header: `X-Acme-Signature-256` is acme's. */
export function nameScheme(header: string | undefined): string {
  const words = (header ?? '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !common.test(word))
  return words.length === 0 ? unnamed : words.join('-')
}

/** For headers that name nobody. */
export const unnamed = 'my-sender'
