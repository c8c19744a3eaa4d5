import type { ExplainSecret } from './explanation.js'

const minLength = 6

/** Headers are quoted by name and prefix, and some hold the secret: it is taken out of whatever is said. */
export function withholdSecrets(text: string, secrets: readonly ExplainSecret[]): string {
  const texts = secrets.flatMap(({ value }) => {
    if (typeof value === 'string') return [value, value.trim()]
    if (value instanceof Uint8Array)
      return [Buffer.from(value).toString('utf8'), Buffer.from(value).toString('hex')]
    return [value.password ?? '', value.username ?? '']
  })
  return texts
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURI(secret.replace(/\p{Cs}/gu, '')),
    ])
    .filter(({ length }) => length >= minLength)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '[withheld]'), text)
}
