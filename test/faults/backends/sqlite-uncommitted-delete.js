// Deletes every delivery and every effect in one transaction, does not commit it, and waits to be killed. Its cache is
// so small that SQLite writes the pages to the write-ahead log before a commit.
import Database from 'better-sqlite3'

const database = new Database(process.argv[2] ?? '', { timeout: 2_000 })
database.pragma('cache_size = 1')
database.pragma('cache_spill = 1')
database.exec('BEGIN IMMEDIATE')
database.exec('DELETE FROM countersign_deliveries')
database.exec('DELETE FROM effects')
process.stdout.write('written\n')
setTimeout(() => process.exit(1), 10_000)
