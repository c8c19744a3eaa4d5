import { accepted, type CaseSet, refused } from '../case-draft.js'
import { headerOf, withHeader } from '../edit-request.js'
import { proofHeaderOf } from '../signature-form.js'
import { uncoveredBody } from './credentials.js'

/** A token in a header, with or without text before it. */
export const tokens: CaseSet = (subject) => {
  const { signature } = subject.scheme
  const prefix = (signature.algorithm === 'token' && signature.prefix) || ''
  const header = proofHeaderOf(subject)
  const request = subject.sign()
  const token = headerOf(request, header).slice(prefix.length)
  const send = (text: string) => withHeader(request, header, text)
  const wrong = (comment: string, text: string) =>
    refused('SIGNATURE_MISMATCH', { comment, flags: ['WrongSecret'], request: send(`${prefix}${text}`) })
  const wrongDirect = (comment: string, text: string) =>
    refused('SIGNATURE_MISMATCH', { comment, flags: ['Blank'], request: send(text), direct: true })
  const malformed = (comment: string, text: string, direct = false) =>
    refused('HEADER_MALFORMED', { comment, flags: ['TokenSyntax'], request: send(text), direct })
  return [
    wrong('another token', 'whc_another_token_0123456789abcdef'),
    wrong('the token in upper case', token.toUpperCase()),
    wrong('the token without its last character', token.slice(0, -1)),
    wrong('the token without its first character', token.slice(1)),
    wrong('the token with a character more', `${token}x`),
    wrong('the token twice', `${token}${token}`),
    wrong('the first character alone', token.charAt(0)),
    wrong('quotes around the token', `"${token}"`),
    wrong('the token in base64', Buffer.from(token).toString('base64')),
    wrong('the token with percent escapes', token.replaceAll('_', '%5F')),
    wrong('a blank inside the token', `${token.slice(0, 4)} ${token.slice(4)}`),
    wrong('a zero for the token', '0'),
    wrong('the text undefined', 'undefined'),
    wrong('a letter beyond ASCII behind the token', `${token}é`),
    wrongDirect('a blank behind the token', `${prefix}${token} `),
    malformed('a letter that no header can carry, behind the token', `${prefix}${token}\u0660`, true),
    ...(prefix === '' ? [wrongDirect('a blank before the token', ` ${token}`)] : prefixed()),
    ...uncoveredBody(subject),
  ]

  function prefixed() {
    return [
      malformed('no prefix', token),
      malformed('the prefix alone', prefix.trimEnd()),
      malformed('the prefix in lower case', `${prefix.toLowerCase()}${token}`),
      malformed('the prefix in upper case', `${prefix.toUpperCase()}${token}`),
      malformed('no blank behind the prefix', `${prefix.trimEnd()}${token}`),
      malformed('another prefix', `Basic ${token}`),
      malformed('the prefix with an empty token', prefix, true),
      malformed('a blank before the prefix', ` ${prefix}${token}`, true),
      wrong('two blanks behind the prefix', ` ${token}`),
    ]
  }
}

/** A token in the URL's query, the only place that a GET without headers has. */
export const queryTokens: CaseSet = (subject) => {
  const { signature } = subject.scheme
  const name = signature.algorithm === 'token' ? (signature.query ?? '') : ''
  const request = subject.sign()
  const path = request.url.slice(0, request.url.indexOf('?'))
  const token = request.url.slice(request.url.indexOf('=') + 1)
  const at = (query: string) => ({ ...request, url: `${path}${query}` })
  const taken = (comment: string, query: string) =>
    accepted(subject, { comment, flags: ['TokenSyntax'], request: at(query) })
  const missing = (comment: string, query: string) =>
    refused('HEADER_MISSING', { comment, flags: ['MissingHeader'], request: at(query) })
  const twice = (comment: string, query: string) =>
    refused('HEADER_AMBIGUOUS', { comment, flags: ['RepeatedHeader'], request: at(query) })
  const wrong = (comment: string, query: string) =>
    refused('SIGNATURE_MISMATCH', { comment, flags: ['WrongSecret'], request: at(query) })
  const escaped = [...token].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')
  return [
    accepted(subject, { comment: 'an honest delivery', flags: ['Normal'], request }),
    taken('the token between other parameters', `?a=1&${name}=${token}&b=2`),
    taken('the token as percent escapes', `?${name}=${escaped}`),
    taken('the parameter’s name as percent escapes', `?%74${name.slice(1)}=${token}`),
    missing('no query', ''),
    missing('an empty query', '?'),
    missing('another parameter', `?a=${token}`),
    missing('the parameter’s name in upper case', `?${name.toUpperCase()}=${token}`),
    missing('the parameter without a value', `?${name}`),
    missing('an empty token', `?${name}=`),
    missing('a longer name', `?x${name}=${token}`),
    twice('the token twice, equal', `?${name}=${token}&${name}=${token}`),
    twice('the token twice, the first right', `?${name}=${token}&${name}=wrong`),
    twice('the token twice, the second right', `?${name}=wrong&${name}=${token}`),
    twice('an empty token, then the right one', `?${name}=&${name}=${token}`),
    wrong('another token', `?${name}=whc_another_token_0123456789abcdef`),
    wrong('the token in upper case', `?${name}=${token.toUpperCase()}`),
    wrong('the token without its last character', `?${name}=${token.slice(0, -1)}`),
    wrong('a plus sign behind the token, which is a blank', `?${name}=${token}+`),
    wrong('a second question mark', `?${name}=${token}?a=1`),
    wrong('the token with a comma and itself', `?${name}=${token},${token}`),
    refused('HEADER_MISSING', {
      comment: 'the token in a header instead',
      flags: ['MissingHeader'],
      request: withHeader(at(''), name, token),
    }),
  ]
}
