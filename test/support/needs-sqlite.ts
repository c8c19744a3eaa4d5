// A setup file of the projects that open SQLite databases.
import { waitForBetterSqlite3 } from '../../tools/build-better-sqlite3.js'

await waitForBetterSqlite3()
