export { receiveScratcher as default } from '../../../lib/receivers.js'

// Next must not parse the body: signatures cover its bytes.
export const config = { api: { bodyParser: false } }
