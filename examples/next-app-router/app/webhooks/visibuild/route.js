export { receiveVisibuild as POST } from '../../../lib/receivers.js'
