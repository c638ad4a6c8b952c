import type { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../../shared/errors.ts'

/** Each released schema step, oldest first. Never edit one: add the next, and keep a ledger of each as a fixture. */
const migrations: readonly string[] = [
  `CREATE TABLE events (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     run TEXT NOT NULL,
     at TEXT NOT NULL,
     type TEXT NOT NULL,
     body TEXT NOT NULL
   ) STRICT;
   CREATE INDEX events_of_run ON events (run, seq);
   CREATE INDEX run_bounds ON events (type, run, seq) WHERE type IN ('run-created', 'run-claimed', 'run-ended');
   CREATE TABLE blobs (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE leases (run TEXT PRIMARY KEY, owner TEXT NOT NULL, pid INTEGER NOT NULL) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE audit (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     at TEXT NOT NULL,
     run TEXT NOT NULL,
     action TEXT NOT NULL,
     path TEXT NOT NULL,
     hash TEXT,
     previous TEXT,
     bytes INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX audit_of_run ON audit (run, seq);
   CREATE TRIGGER audit_keeps_lines BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
   CREATE TRIGGER audit_loses_none BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
   DROP INDEX run_bounds;
   CREATE INDEX run_bounds ON events (type, run, seq)
     WHERE type IN ('run-created', 'run-claimed', 'run-ended', 'control-requested');`,
]

/** Brings a ledger to the newest schema; refuses one that a newer Paddock wrote. */
export function migrate(database: DatabaseSync, folder: string): void {
  if (versionOf(database) === migrations.length) return
  database.exec('BEGIN IMMEDIATE')
  try {
    const from = versionOf(database)
    if (from > migrations.length)
      throw new AppError(
        'unavailable',
        `The data folder ${folder} was written by a newer version of Paddock.`,
        {
          hint: 'Start that version, or set PADDOCK_DATA_DIR to another folder.',
        },
      )
    for (const step of migrations.slice(from)) database.exec(step)
    database.exec(`PRAGMA user_version = ${migrations.length}`)
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

const versionOf = (database: DatabaseSync) =>
  Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
