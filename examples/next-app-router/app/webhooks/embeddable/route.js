export { receiveEmbeddable as POST } from '../../../lib/receivers.js'
