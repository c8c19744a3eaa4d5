export { receiveFingerprintingApi as POST } from '../../../lib/receivers.js'
