export { receiveVisisto as POST } from '../../../lib/receivers.js'
