// A setup file of the projects that open SQLite databases.
import { setup } from '../../tools/build-better-sqlite3.js'

await setup()
