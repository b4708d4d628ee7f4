-- What daily work asks for: talks, whom to ring back, exceptions about anybody, broken-off
-- interviews, and the department's own choices.

ALTER TABLE department ADD COLUMN coordinators TEXT NOT NULL DEFAULT '[]'
    CHECK (json_type(coordinators) = 'array');
ALTER TABLE department ADD COLUMN retention_months INTEGER NOT NULL DEFAULT 24
    CHECK (retention_months > 0);
-- In the public version of the report a figure below this is hidden.
ALTER TABLE department ADD COLUMN small_number INTEGER NOT NULL DEFAULT 5
    CHECK (small_number >= 0);
ALTER TABLE department ADD COLUMN copies_folder TEXT;

ALTER TABLE family ADD COLUMN prefers TEXT CHECK (prefers IN ('før 15', 'etter 15'));

-- Who made contact may be asked later. Whom to ring back there, and on which number:
ALTER TABLE inquiry ALTER COLUMN source DROP NOT NULL;
ALTER TABLE inquiry ADD COLUMN contact TEXT;

-- The day a candidate signed up.
ALTER TABLE volunteer ADD COLUMN signed_up_on TEXT CHECK (signed_up_on IS date(signed_up_on));

-- What «annet» was.
ALTER TABLE hours ADD COLUMN kind_other TEXT;

-- A talk with a family about its inquiry.
CREATE TABLE talk (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    inquiry_id INTEGER NOT NULL REFERENCES inquiry,
    talked_on TEXT NOT NULL CHECK (talked_on IS date(talked_on)),
    note TEXT
) STRICT;
CREATE UNIQUE INDEX talk_imported ON talk (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX talk_inquiry ON talk (inquiry_id, talked_on);

CREATE INDEX follow_up_undone ON follow_up (planned_on) WHERE done_on IS NULL;

-- A rule that the coordinator went on against, and why: now about a family or a member of the
-- resource group too. The number after the last one ever given comes along.
CREATE TABLE rule_exception_rebuilt (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    rule TEXT NOT NULL,
    decided_on TEXT NOT NULL CHECK (decided_on IS date(decided_on)),
    family_id INTEGER REFERENCES family,
    inquiry_id INTEGER REFERENCES inquiry,
    volunteer_id INTEGER REFERENCES volunteer,
    assignment_id INTEGER REFERENCES assignment,
    resource_group_member_id INTEGER REFERENCES resource_group_member,
    reason TEXT NOT NULL,
    CHECK (
        (family_id IS NOT NULL) + (inquiry_id IS NOT NULL) + (volunteer_id IS NOT NULL)
        + (assignment_id IS NOT NULL) + (resource_group_member_id IS NOT NULL) = 1)
) STRICT;
INSERT INTO sqlite_sequence (name, seq)
SELECT 'rule_exception_rebuilt', seq FROM sqlite_sequence WHERE name = 'rule_exception';
INSERT INTO rule_exception_rebuilt
    (id, imported_id, rule, decided_on, inquiry_id, volunteer_id, assignment_id, reason)
SELECT id, imported_id, rule, decided_on, inquiry_id, volunteer_id, assignment_id, reason
  FROM rule_exception;
DROP TABLE rule_exception;
ALTER TABLE rule_exception_rebuilt RENAME TO rule_exception;
CREATE UNIQUE INDEX rule_exception_imported ON rule_exception (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX rule_exception_family ON rule_exception (family_id) WHERE family_id IS NOT NULL;
CREATE INDEX rule_exception_inquiry ON rule_exception (inquiry_id) WHERE inquiry_id IS NOT NULL;
CREATE INDEX rule_exception_volunteer ON rule_exception (volunteer_id) WHERE volunteer_id IS NOT NULL;
CREATE INDEX rule_exception_assignment ON rule_exception (assignment_id) WHERE assignment_id IS NOT NULL;
CREATE INDEX rule_exception_member ON rule_exception (resource_group_member_id)
    WHERE resource_group_member_id IS NOT NULL;

-- An interview that was broken off, to go on with later. It is no record, and in no log.
CREATE TABLE draft (
    name TEXT PRIMARY KEY,
    answers TEXT NOT NULL CHECK (json_valid(answers)),
    begun_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
