-- What was done that is no change of a record, and what must be done again after a restore.

-- What was anonymised or erased: by kind and number, never what it was. When a copy from before
-- it is restored, it is erased there too.
CREATE TABLE erasure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    record_id INTEGER NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('anonymisert', 'slettet')),
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    -- Whether the file has been written anew since, and so has no trace left between its records.
    swept INTEGER NOT NULL DEFAULT 0 CHECK (swept IN (0, 1))
) STRICT;

-- Exports, copies and the like: who, when, by which command, whether names went with it. No path.
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    command TEXT NOT NULL,
    named INTEGER NOT NULL CHECK (named IN (0, 1))
) STRICT;
