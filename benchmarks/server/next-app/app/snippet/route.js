import { verifyTimestampAndText } from '../../../../snippets.js'
import { isTicket, secret } from '../../../receiver-options.js'

/**
 * @param {Request} request
 * @returns {Promise<globalThis.Response>}
 */
export async function POST(request) {
  const body = await request.text()
  const signature = request.headers.get('x-visibuild-signature')
  const isSigned = verifyTimestampAndText(
    request.headers.get('x-visibuild-timestamp'),
    signature,
    body,
    secret,
  )
  if (!isSigned) return new Response(null, { status: 401 })
  return new Response(null, { status: isTicket(JSON.parse(body)) ? 204 : 422 })
}
