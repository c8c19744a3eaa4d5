/** Words in header names that describe the value and not the sender. */
const common =
  /^(x|signature|signatures|sig|hmac|hmacsha\d+|hmacsignature|mac|sha|sha1|sha256|sha384|sha512|sha2|md5|base64|hex|digest|hash|v\d+|\d+|webhook|webhooks|hook|hooks|content|request|event|eventsub|message|primary|secondary|auth|authorization|token|secret|key|api|http|verification|verify|authentication|security)$/

/** Names a scheme after the header with its proof: `X-Acme-Signature-256` gives `acme`. */
export function nameScheme(header: string | undefined): string {
  const words = (header ?? '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !common.test(word))
  return words.length === 0 ? defaultSchemeName : words.join('-')
}

/** For headers that do not name a sender. */
export const defaultSchemeName = 'my-sender'
