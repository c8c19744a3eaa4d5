import type { VectorSecret } from '@countersign/testing'
import { accepted, type CaseDraft, type CaseSet, type GroupDraft, refused } from '../case-draft.js'
import { headerOf, withBody, withHeader } from '../edit-request.js'
import type { Subject } from '../subject.js'

/** HTTP Basic: its syntax, and credentials that are almost right. */
export const credentials: CaseSet = (subject) => {
  const { username, password } = credentialsOf(subject)
  const request = subject.sign()
  const right = headerOf(request, 'authorization').slice('Basic '.length)
  const send = (text: string) => withHeader(request, 'authorization', text)
  const basic = (text: string) => send(`Basic ${Buffer.from(text, 'utf8').toString('base64')}`)
  const malformed = (comment: string, text: string, direct = false) =>
    refused('HEADER_MALFORMED', { comment, flags: ['BasicSyntax'], request: send(text), direct })
  const wrong = (comment: string, text: string) =>
    refused('SIGNATURE_MISMATCH', { comment, flags: ['WrongSecret'], request: basic(text) })
  const taken = (comment: string, text: string) =>
    accepted(subject, { comment, flags: ['BasicSyntax'], request: send(text) })
  if (!right.endsWith('=')) throw new Error('The credentials need an encoding with padding.')
  return [
    taken('the scheme’s name in lower case', `basic ${right}`),
    taken('the scheme’s name in upper case', `BASIC ${right}`),
    malformed('no scheme', right),
    malformed('the scheme alone', 'Basic'),
    malformed('another scheme', `Bearer ${right}`),
    malformed('a scheme that begins like it', `Basics ${right}`),
    malformed('no blank behind the scheme', `Basic${right}`),
    malformed('two blanks behind the scheme', `Basic  ${right}`),
    malformed('a tab behind the scheme', `Basic\t${right}`),
    malformed('a colon behind the scheme', `Basic: ${right}`),
    malformed('the scheme twice', `Basic Basic ${right}`),
    malformed('a blank behind the credentials', `Basic ${right} `, true),
    malformed('a blank before the scheme', ` Basic ${right}`, true),
    malformed('text behind the credentials', `Basic ${right} x`),
    malformed('a blank inside the credentials', `Basic ${right.slice(0, 4)} ${right.slice(4)}`),
    malformed('the credentials as text', `Basic ${username}:${password}`),
    malformed('no padding', `Basic ${right.replaceAll('=', '')}`),
    malformed('more padding', `Basic ${right}=`),
    malformed('characters that are not base64', `Basic ${right.slice(0, -4)}!!!=`),
    malformed('credentials without a colon', headerOf(basic(`${username}${password}`), 'authorization')),
    malformed('empty credentials', 'Basic ===='),
    wrong('another password', `${username}:wrong-password-00`),
    wrong('another user name', `somebody:${password}`),
    wrong('no password', `${username}:`),
    wrong('no user name', `:${password}`),
    wrong('neither', ':'),
    wrong('the password in upper case', `${username}:${password.toUpperCase()}`),
    wrong('the password without its last character', `${username}:${password.slice(0, -1)}`),
    wrong('the password with a character more', `${username}:${password}x`),
    wrong('the password with a line feed behind it', `${username}:${password}\n`),
    wrong('the password with a zero byte behind it', `${username}:${password}\0`),
    wrong('user name and password swapped', `${password}:${username}`),
    wrong('a blank behind the user name', `${username} :${password}`),
    ...uncoveredBody(subject),
  ]
}

/** Changes that a token or credentials do not detect. */
export function uncoveredBody(subject: Subject): readonly CaseDraft[] {
  const request = subject.sign()
  return [
    accepted(subject, {
      comment: 'another body with the same proof, which does not cover it',
      flags: ['UnsignedHeader'],
      request: withBody(request, JSON.stringify({ ...subject.payload, note: 'changed on its way' })),
    }),
  ]
}

function credentialsOf({ secret }: Subject): { username: string; password: string } {
  if ('username' in secret) return secret
  throw new Error('Basic needs a user name and a password.')
}

/** Passwords that are easily parsed wrong. */
export function passwordGroups(subject: Subject): readonly GroupDraft[] {
  const group = (comment: string, password: string, wrongPasswords: readonly string[]): GroupDraft => {
    const secret: VectorSecret = { username: 'countersign', password }
    const wrong = wrongPasswords.map((other) =>
      refused('SIGNATURE_MISMATCH', {
        comment: `another password than the one with ${comment.toLowerCase()}`,
        flags: ['WrongSecret'],
        request: subject.sign({ secret: { username: 'countersign', password: other } }),
      }),
    )
    return {
      comment: `A password with ${comment}`,
      secrets: [secret],
      cases: [
        accepted(subject, {
          comment: `a password with ${comment}`,
          flags: ['BasicSyntax'],
          request: subject.sign({ secret }),
        }),
        ...wrong,
      ],
    }
  }
  return [
    group('colons', 'pass:word:with:colons', ['pass', 'pass:word:with', 'passwordwithcolons']),
    group('a colon at each end', ':pass-word-1234567:', ['pass-word-1234567', ':pass-word-1234567']),
    group('letters beyond ASCII', 'Grüße-aus-Köln-€-👋', ['Grusse-aus-Koln---']),
    group('a blank inside', 'correct horse battery', [
      'correct',
      'correcthorsebattery',
      'correct  horse battery',
    ]),
  ]
}
