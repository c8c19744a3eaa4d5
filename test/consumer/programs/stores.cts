// The same in CommonJS.
import core = require('@countersign/core')
import stores = require('@countersign/core/stores')
import postgresPackage = require('@countersign/store-postgres')
import redisPackage = require('@countersign/store-redis')
import sqlitePackage = require('@countersign/store-sqlite')
import ioredis = require('ioredis')
import pg = require('pg')

const made: stores.InspectableStore[] = [
  redisPackage.redisStore({ client: new ioredis.Redis({ lazyConnect: true }) }),
  postgresPackage.postgresStore({ client: new pg.Pool({ max: 1 }) }),
]
let refused = 'nothing'
try {
  sqlitePackage.sqliteStore({ database: {} as never })
} catch (error) {
  if (core.isWebhookError(error, 'ERR_WEBHOOK_OPTION_INVALID')) refused = 'no database'
}
console.log(JSON.stringify([...made.map(({ name }) => name), refused, stores.writeKey('a\0b')]))
