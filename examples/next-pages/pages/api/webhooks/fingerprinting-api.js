export { receiveFingerprintingApi as default } from '../../../lib/receivers.js'

// Signatures cover the bytes that came: Next must not parse the body.
export const config = { api: { bodyParser: false } }
