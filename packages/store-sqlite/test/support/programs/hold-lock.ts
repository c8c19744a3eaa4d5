// Has the file to itself for a moment.
import { connect } from './settings.js'

const database = connect()
database.exec('BEGIN EXCLUSIVE')
console.log('locked')
setTimeout(() => {
  database.exec('COMMIT')
  console.log('freed')
}, 300)
