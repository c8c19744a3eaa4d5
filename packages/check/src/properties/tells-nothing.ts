import type { Tried } from '../examination.js'
import { listTried } from '../judge-replies.js'
import { fail, type Property, pass } from '../property.js'
import { answerTexts, requestText } from './answer-texts.js'
import { expectedSignatures, secretTexts } from './tell-tales.js'

/** Judges all answers there were: those to strangers above all, but the secret belongs into none. */
export const tellsNothing: Property = {
  name: 'tells-nothing',
  says: 'answers without the secret, the expected signature or a stack trace',
  judge: async ({ scheme, secret, tried }) => {
    const secrets = secretTexts(scheme, secret)
    const leaked = tried.filter((each) => holdsAny(each, secrets))
    if (leaked.length > 0) return fail('leaks-secret', listTried(leaked))
    const refused = tried.filter(({ isValid }) => !isValid)
    const expected = refused.filter((each) =>
      holdsAny(each, expectedSignatures(scheme, secret, each.request)),
    )
    if (expected.length > 0) return fail('leaks-signature', listTried(expected))
    const traces = tried.filter(({ reply }) => answerTexts(reply).some(isStackTrace))
    if (traces.length > 0) return fail('leaks-stack-trace', listTried(traces))
    return pass(`looked through ${tried.length} answers`)
  },
}

/** What the request itself said is no secret of the receiver's. */
function holdsAny({ reply, request }: Tried, secrets: readonly string[]): boolean {
  if (secrets.length === 0 || reply.end !== 'answered') return false
  return answerTexts(reply).some((text) =>
    secrets.some((secret) => text.includes(secret) && !requestText(request).includes(secret)),
  )
}

const stackTraces: readonly RegExp[] = [
  // JavaScript
  /\bat (?:async )?[^\n<>]{0,120}\(?(?:file:\/\/|node:|webpack|[A-Za-z]:\\|\/)[^\n<>]{0,200}:\d+:\d+\)?/,
  // Python
  /Traceback \(most recent call last\)/,
  /File "[^"\n]{1,200}", line \d+, in /,
  // Java, Kotlin, Scala
  /\bat [\w$.]{3,200}\([\w$]{1,80}\.(?:java|kt|scala):\d+\)/,
  // PHP
  /#0 [^\n]{0,200}\.php[(:]\d+/,
  /\bin \/[^\s<>]{1,200}\.php(?:<\/b>)? on line/,
  // Ruby
  /\.rb:\d+:in [`']/,
  // .NET
  /\bat [\w.`<>[\],]{3,200}\([^)\n]{0,200}\) in [^\n]{1,200}:line \d+/,
  // Go, Rust
  /goroutine \d+ \[/,
  /panicked at .{1,200}\.rs:\d+/,
]

function isStackTrace(text: string): boolean {
  return stackTraces.some((pattern) => pattern.test(text))
}
