// Deletes every delivery and every effect in one transaction that it never commits: it waits to be killed. With so
// little memory of its own that SQLite writes its pages to the file's log before.
import Database from 'better-sqlite3'

const database = new Database(process.argv[2] ?? '', { timeout: 2_000 })
database.pragma('cache_size = 1')
database.pragma('cache_spill = 1')
database.exec('BEGIN IMMEDIATE')
database.exec('DELETE FROM countersign_deliveries')
database.exec('DELETE FROM effects')
process.stdout.write('written\n')
setTimeout(() => process.exit(1), 10_000)
