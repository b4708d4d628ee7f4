-- The annual report beside its figures: what was handed in, what people wrote in it, and what
-- the year was to reach.

-- A year's report that is kept: locked as it was handed in, or read in from a published one.
CREATE TABLE annual_report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
    edition INTEGER NOT NULL CHECK (edition BETWEEN 1900 AND 2199),
    department TEXT NOT NULL CHECK (department <> ''),
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    hours_per_fte INTEGER CHECK (hours_per_fte > 0),
    counted_at TEXT,
    -- Blank for one that was read in.
    locked_at TEXT,
    -- Why it was locked although the control stood against it.
    reason TEXT,
    -- The name of the file that it was read from.
    source TEXT,
    -- The TOML text of the department's own form; blank where it fills in an edition that ships.
    form TEXT,
    CHECK (locked_at IS NULL OR counted_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX annual_report_imported ON annual_report (imported_id) WHERE imported_id IS NOT NULL;
CREATE UNIQUE INDEX annual_report_year ON annual_report (year);

-- Its rows, in the form's order and words. A blank value was not filled in, or is hidden.
CREATE TABLE report_figure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    annual_report_id INTEGER NOT NULL REFERENCES annual_report,
    place INTEGER NOT NULL,
    section TEXT NOT NULL,
    section_title TEXT NOT NULL,
    table_number INTEGER NOT NULL,
    heading TEXT,
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    value TEXT,
    unit TEXT NOT NULL CHECK (unit IN ('antall', 'timer', 'årsverk')),
    missing INTEGER CHECK (missing >= 0),
    part_of TEXT,
    left_out TEXT,
    -- Whether the report that it was read from keeps it from the public.
    hidden INTEGER CHECK (hidden IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX report_figure_imported ON report_figure (imported_id) WHERE imported_id IS NOT NULL;
CREATE UNIQUE INDEX report_figure_place ON report_figure (annual_report_id, place);

-- What people wrote: a chapter of a year's report, or a remark under one of its tables.
CREATE TABLE report_text (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
    kind TEXT NOT NULL CHECK (kind IN ('kapittel', 'merknad')),
    -- The chapter's key, or the key of the table's first row.
    part TEXT NOT NULL CHECK (part <> ''),
    body TEXT NOT NULL CHECK (body <> '')
) STRICT;
CREATE UNIQUE INDEX report_text_imported ON report_text (imported_id) WHERE imported_id IS NOT NULL;
CREATE UNIQUE INDEX report_text_part ON report_text (year, kind, part);

-- What a year is to reach, by the key of a row of the form.
CREATE TABLE target (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
    figure TEXT NOT NULL CHECK (figure <> ''),
    goal INTEGER NOT NULL CHECK (goal >= 0)
) STRICT;
CREATE UNIQUE INDEX target_imported ON target (imported_id) WHERE imported_id IS NOT NULL;
CREATE UNIQUE INDEX target_figure ON target (year, figure);
