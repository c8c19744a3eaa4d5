import type { Command } from 'commander'
import { CliError } from '../errors/cli-error.js'
import type { Terminal } from '../terminal.js'
import { openPostgres } from './open-postgres.js'
import { openRedis } from './open-redis.js'
import { openSqlite } from './open-sqlite.js'
import type { OpenedStore, Opening } from './opened-store.js'
import { readDatabaseUrl } from './read-database-url.js'

interface StoreValues {
  readonly redisEnv?: string
  readonly postgresEnv?: string
  readonly sqlite?: string
  readonly table?: string
  readonly prefix?: string
}

const redisUrl = { pattern: /^rediss?:\/\//, example: 'redis://127.0.0.1:6379' }
const postgresUrl = { pattern: /^postgres(ql)?:\/\//, example: 'postgres://user@127.0.0.1:5432/app' }

/** Adds the options of the store to open. @returns opens it */
export function addStoreOptions(
  command: Command,
): (terminal: Terminal, opening?: Opening) => Promise<OpenedStore> {
  command
    .option('--redis-env <name>', 'environment variable with the URL of Redis')
    .option('--postgres-env <name>', 'environment variable with the URL of PostgreSQL')
    .option('--sqlite <file>', 'SQLite database file')
    .option('--table <name>', "the store's table (default: countersign_deliveries)")
    .option('--prefix <text>', "prefix of the store's keys in Redis (default: countersign:)")
  return async (terminal, opening = {}) => {
    const { redisEnv, postgresEnv, sqlite, table, prefix }: StoreValues = command.opts()
    const given = [redisEnv, postgresEnv, sqlite].filter((value) => value !== undefined)
    if (given.length !== 1) throw new CliError('name one store with --redis-env, --postgres-env or --sqlite')
    if (table !== undefined && redisEnv !== undefined)
      throw new CliError('Redis has no tables; remove --table')
    if (prefix !== undefined && redisEnv === undefined)
      throw new CliError('--prefix is only for Redis; remove it')
    const { cwd } = terminal.parts
    if (redisEnv !== undefined)
      return openRedis(readDatabaseUrl(redisEnv, redisUrl, terminal), { table, prefix }, cwd)
    if (sqlite !== undefined) return openSqlite(sqlite, { table, prefix }, cwd, opening)
    return openPostgres(readDatabaseUrl(postgresEnv ?? '', postgresUrl, terminal), { table, prefix }, cwd)
  }
}
