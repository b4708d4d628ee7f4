-- The department's records. Dates are ISO text, and where a family or a volunteer stands follows
-- from them; it is never stored. Minutes are whole numbers. A blank (NULL) is «not recorded»,
-- never none. Several codes in one cell are a JSON array in the order of the code list.
-- `imported_id` is the id a record came in with; without one its id is its letter and number.

CREATE TABLE department (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL CHECK (name <> ''),
    operator TEXT,
    position_percent INTEGER NOT NULL DEFAULT 100 CHECK (position_percent BETWEEN 1 AND 1000),
    hours_per_fte INTEGER NOT NULL DEFAULT 1750 CHECK (hours_per_fte > 0)
) STRICT;

CREATE TABLE family (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    name TEXT NOT NULL CHECK (name <> ''),
    contact_person TEXT,
    phone TEXT,
    email TEXT,
    address TEXT,
    area TEXT,
    language TEXT,
    civil_status TEXT CHECK (civil_status IN ('gift_samboer', 'enslig')),
    background TEXT CHECK (background IN ('norsk', 'innvandrer', 'blandet')),
    reception_centre INTEGER CHECK (reception_centre IN (0, 1)),
    introduction_programme INTEGER CHECK (introduction_programme IN (0, 1)),
    challenges TEXT NOT NULL DEFAULT '[]' CHECK (json_type(challenges) = 'array'),
    support TEXT NOT NULL DEFAULT '[]' CHECK (json_type(support) = 'array'),
    network TEXT NOT NULL DEFAULT '[]' CHECK (json_type(network) = 'array'),
    help_before TEXT NOT NULL DEFAULT '[]' CHECK (json_type(help_before) = 'array'),
    help_after TEXT NOT NULL DEFAULT '[]' CHECK (json_type(help_after) = 'array'),
    found_us TEXT CHECK (found_us IN (
        'nettverk', 'sosiale_medier', 'avis', 'ukeblad', 'stand', 'helsestasjon', 'barnehage_skole',
        'hjelpeapparatet', 'tv', 'radio', 'plakat', 'annonse', 'annet')),
    challenges_other TEXT,
    support_other TEXT,
    network_other TEXT,
    found_us_other TEXT,
    note TEXT
) STRICT;
CREATE UNIQUE INDEX family_imported ON family (imported_id) WHERE imported_id IS NOT NULL;

CREATE TABLE child (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    family_id INTEGER NOT NULL REFERENCES family,
    name TEXT,
    born TEXT NOT NULL CHECK (born IS date(born) OR born GLOB '[12][0-9][0-9][0-9]'),
    special_needs INTEGER CHECK (special_needs IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX child_imported ON child (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX child_family ON child (family_id);

CREATE TABLE inquiry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    family_id INTEGER NOT NULL REFERENCES family,
    received_on TEXT NOT NULL CHECK (received_on IS date(received_on)),
    source TEXT NOT NULL CHECK (source IN (
        'familien', 'helsestasjon', 'barnevern', 'ppt', 'psykisk_helsevern', 'sykehus', 'kommunalt',
        'ideell', 'krisesenter', 'nav', 'skole', 'barnehage', 'innvandrertjeneste', 'privatperson',
        'familievern', 'fastlege')),
    visited_on TEXT CHECK (visited_on IS date(visited_on)),
    closed_on TEXT CHECK (closed_on IS date(closed_on)),
    closed_reason TEXT CHECK (closed_reason IN (
        'fullført', 'ikke_aktuelt', 'trukket', 'utenfor_målgruppen', 'flyttet', 'annet')),
    closed_other TEXT,
    coordinator TEXT,
    note TEXT,
    CHECK (visited_on >= received_on),
    CHECK (closed_on >= received_on),
    CHECK (visited_on <= closed_on)
) STRICT;
CREATE UNIQUE INDEX inquiry_imported ON inquiry (imported_id) WHERE imported_id IS NOT NULL;
CREATE UNIQUE INDEX one_open_inquiry ON inquiry (family_id) WHERE closed_on IS NULL;
CREATE INDEX inquiry_family ON inquiry (family_id);
CREATE INDEX inquiry_received ON inquiry (received_on);
CREATE INDEX inquiry_closed ON inquiry (closed_on);

CREATE TABLE consent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    family_id INTEGER NOT NULL REFERENCES family,
    given_on TEXT NOT NULL CHECK (given_on IS date(given_on)),
    withdrawn_on TEXT CHECK (withdrawn_on IS date(withdrawn_on)),
    shared_with TEXT NOT NULL,
    what TEXT NOT NULL,
    CHECK (withdrawn_on >= given_on)
) STRICT;
CREATE UNIQUE INDEX consent_imported ON consent (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX consent_family ON consent (family_id);

-- That a report of concern for a child was sent, and when; never what it says.
CREATE TABLE concern_report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    family_id INTEGER NOT NULL REFERENCES family,
    sent_on TEXT NOT NULL CHECK (sent_on IS date(sent_on))
) STRICT;
CREATE UNIQUE INDEX concern_report_imported ON concern_report (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX concern_report_family ON concern_report (family_id);

CREATE TABLE volunteer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    name TEXT NOT NULL CHECK (name <> ''),
    phone TEXT,
    email TEXT,
    address TEXT,
    area TEXT,
    language TEXT,
    gender TEXT CHECK (gender IN ('kvinne', 'mann', 'annet')),
    born TEXT CHECK (born IS date(born) OR born GLOB '[12][0-9][0-9][0-9]'),
    occupation TEXT CHECK (occupation IN (
        'pensjonist', 'yrkesaktiv', 'student', 'ufør', 'arbeidsledig', 'annet')),
    has_children INTEGER CHECK (has_children IN (0, 1)),
    found_us TEXT CHECK (found_us IN (
        'nettverk', 'sosiale_medier', 'avis', 'ukeblad', 'stand', 'tv', 'radio', 'plakat',
        'frivillig_no', 'seminar', 'arbeidsplass', 'internett', 'annonse', 'annet')),
    home_visit_on TEXT CHECK (home_visit_on IS date(home_visit_on)),
    certificate_issued_on TEXT CHECK (certificate_issued_on IS date(certificate_issued_on)),
    certificate_shown_on TEXT CHECK (certificate_shown_on IS date(certificate_shown_on)),
    certificate_seen_by TEXT,
    confidentiality_on TEXT CHECK (confidentiality_on IS date(confidentiality_on)),
    approved_on TEXT CHECK (approved_on IS date(approved_on)),
    left_on TEXT CHECK (left_on IS date(left_on)),
    prefers TEXT CHECK (prefers IN ('før 15', 'etter 15')),
    capacity INTEGER CHECK (capacity >= 0),
    occupation_other TEXT,
    found_us_other TEXT,
    note TEXT,
    CHECK (left_on >= approved_on)
) STRICT;
CREATE UNIQUE INDEX volunteer_imported ON volunteer (imported_id) WHERE imported_id IS NOT NULL;

-- The periods before the present one of a volunteer who left and came back.
CREATE TABLE earlier_period (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    volunteer_id INTEGER NOT NULL REFERENCES volunteer,
    approved_on TEXT NOT NULL CHECK (approved_on IS date(approved_on)),
    left_on TEXT NOT NULL CHECK (left_on IS date(left_on)),
    CHECK (left_on >= approved_on)
) STRICT;
CREATE UNIQUE INDEX earlier_period_imported ON earlier_period (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX earlier_period_volunteer ON earlier_period (volunteer_id);

CREATE TABLE pause (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    volunteer_id INTEGER NOT NULL REFERENCES volunteer,
    from_on TEXT NOT NULL CHECK (from_on IS date(from_on)),
    to_on TEXT CHECK (to_on IS date(to_on)),
    CHECK (to_on >= from_on)
) STRICT;
CREATE UNIQUE INDEX pause_imported ON pause (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX pause_volunteer ON pause (volunteer_id);

CREATE TABLE course (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    name TEXT NOT NULL CHECK (name <> ''),
    starts_on TEXT NOT NULL CHECK (starts_on IS date(starts_on)),
    ends_on TEXT CHECK (ends_on IS date(ends_on)),
    place TEXT,
    CHECK (ends_on >= starts_on)
) STRICT;
CREATE UNIQUE INDEX course_imported ON course (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX course_starts ON course (starts_on);

CREATE TABLE course_day (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    course_id INTEGER NOT NULL REFERENCES course,
    held_on TEXT NOT NULL CHECK (held_on IS date(held_on)),
    theme TEXT,
    minutes INTEGER CHECK (minutes >= 0)
) STRICT;
CREATE UNIQUE INDEX course_day_imported ON course_day (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX course_day_course ON course_day (course_id);

CREATE TABLE course_registration (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    course_id INTEGER NOT NULL REFERENCES course,
    volunteer_id INTEGER NOT NULL REFERENCES volunteer,
    minutes INTEGER CHECK (minutes >= 0),
    completed TEXT CHECK (completed IN ('ja', 'nei') OR completed IS date(completed))
) STRICT;
CREATE UNIQUE INDEX course_registration_imported ON course_registration (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX course_registration_course ON course_registration (course_id);
CREATE INDEX course_registration_volunteer ON course_registration (volunteer_id);

CREATE TABLE attendance (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    course_day_id INTEGER NOT NULL REFERENCES course_day,
    course_registration_id INTEGER NOT NULL REFERENCES course_registration,
    minutes INTEGER CHECK (minutes >= 0)
) STRICT;
CREATE UNIQUE INDEX attendance_imported ON attendance (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX attendance_day ON attendance (course_day_id);
CREATE INDEX attendance_registration ON attendance (course_registration_id);

CREATE TABLE assignment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    inquiry_id INTEGER NOT NULL REFERENCES inquiry,
    volunteer_id INTEGER NOT NULL REFERENCES volunteer,
    started_on TEXT NOT NULL CHECK (started_on IS date(started_on)),
    ended_on TEXT CHECK (ended_on IS date(ended_on)),
    end_reason TEXT CHECK (end_reason IN (
        'fullført', 'ny_familiekontakt', 'familien_avsluttet', 'familiekontakten_sluttet', 'annet')),
    end_other TEXT,
    usual_time TEXT CHECK (usual_time GLOB '[0-2][0-9]:[0-5][0-9]' AND usual_time < '24:00'),
    planned_end_on TEXT CHECK (planned_end_on IS date(planned_end_on)),
    CHECK (ended_on >= started_on),
    CHECK (planned_end_on >= started_on)
) STRICT;
CREATE UNIQUE INDEX assignment_imported ON assignment (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX assignment_inquiry ON assignment (inquiry_id, started_on, ended_on);
CREATE INDEX assignment_volunteer ON assignment (volunteer_id, started_on, ended_on);
CREATE INDEX assignment_ended ON assignment (ended_on, started_on);

CREATE TABLE extension (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    assignment_id INTEGER NOT NULL REFERENCES assignment,
    decided_on TEXT NOT NULL CHECK (decided_on IS date(decided_on)),
    until_on TEXT NOT NULL CHECK (until_on IS date(until_on)),
    reason TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX extension_imported ON extension (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX extension_assignment ON extension (assignment_id);

CREATE TABLE follow_up (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    assignment_id INTEGER NOT NULL REFERENCES assignment,
    kind TEXT NOT NULL CHECK (kind IN ('måned', 'kvartal', 'avslutning')),
    planned_on TEXT NOT NULL CHECK (planned_on IS date(planned_on)),
    done_on TEXT CHECK (done_on IS date(done_on)),
    note TEXT
) STRICT;
CREATE UNIQUE INDEX follow_up_imported ON follow_up (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX follow_up_assignment ON follow_up (assignment_id);

CREATE TABLE activity (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    held_on TEXT NOT NULL CHECK (held_on IS date(held_on)),
    title TEXT NOT NULL CHECK (title <> ''),
    audience TEXT NOT NULL CHECK (audience IN ('familier', 'familiekontakter', 'koordinator')),
    grant_name TEXT,
    parents INTEGER CHECK (parents >= 0),
    children INTEGER CHECK (children >= 0),
    place TEXT
) STRICT;
CREATE UNIQUE INDEX activity_imported ON activity (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX activity_held ON activity (held_on);

CREATE TABLE activity_family (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    activity_id INTEGER NOT NULL REFERENCES activity,
    family_id INTEGER NOT NULL REFERENCES family
) STRICT;
CREATE UNIQUE INDEX activity_family_imported ON activity_family (imported_id) WHERE imported_id IS NOT NULL;
CREATE UNIQUE INDEX activity_family_once ON activity_family (activity_id, family_id);
CREATE INDEX activity_family_family ON activity_family (family_id);

CREATE TABLE hours (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    volunteer_id INTEGER NOT NULL REFERENCES volunteer,
    assignment_id INTEGER REFERENCES assignment,
    activity_id INTEGER REFERENCES activity,
    worked_on TEXT NOT NULL CHECK (worked_on IS date(worked_on)),
    kind TEXT NOT NULL CHECK (
        kind IN ('oppdrag', 'kurs', 'veiledning', 'aktivitet', 'samling', 'annet')),
    visits INTEGER CHECK (visits >= 0),
    minutes INTEGER NOT NULL CHECK (minutes >= 0),
    driving_minutes INTEGER CHECK (driving_minutes >= 0),
    CHECK (kind <> 'oppdrag' OR assignment_id IS NOT NULL),
    CHECK (minutes <= visits * 1440 OR visits = 0)
) STRICT;
CREATE UNIQUE INDEX hours_imported ON hours (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX hours_worked ON hours (worked_on);
CREATE INDEX hours_volunteer ON hours (volunteer_id);
CREATE INDEX hours_assignment ON hours (assignment_id) WHERE assignment_id IS NOT NULL;
CREATE INDEX hours_activity ON hours (activity_id) WHERE activity_id IS NOT NULL;

CREATE TABLE resource_group_member (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    name TEXT NOT NULL CHECK (name <> ''),
    role TEXT,
    represents TEXT,
    represents_funder INTEGER CHECK (represents_funder IN (0, 1)),
    from_on TEXT NOT NULL CHECK (from_on IS date(from_on)),
    to_on TEXT CHECK (to_on IS date(to_on)),
    CHECK (to_on >= from_on)
) STRICT;
CREATE UNIQUE INDEX resource_group_member_imported ON resource_group_member (imported_id) WHERE imported_id IS NOT NULL;

CREATE TABLE resource_group_meeting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    held_on TEXT NOT NULL CHECK (held_on IS date(held_on)),
    note TEXT
) STRICT;
CREATE UNIQUE INDEX resource_group_meeting_imported ON resource_group_meeting (imported_id) WHERE imported_id IS NOT NULL;

-- A rule that the coordinator went on against, and why.
CREATE TABLE rule_exception (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_id TEXT,
    rule TEXT NOT NULL,
    decided_on TEXT NOT NULL CHECK (decided_on IS date(decided_on)),
    inquiry_id INTEGER REFERENCES inquiry,
    volunteer_id INTEGER REFERENCES volunteer,
    assignment_id INTEGER REFERENCES assignment,
    reason TEXT NOT NULL,
    CHECK ((inquiry_id IS NOT NULL) + (volunteer_id IS NOT NULL) + (assignment_id IS NOT NULL) = 1)
) STRICT;
CREATE UNIQUE INDEX rule_exception_imported ON rule_exception (imported_id) WHERE imported_id IS NOT NULL;
CREATE INDEX rule_exception_inquiry ON rule_exception (inquiry_id);
CREATE INDEX rule_exception_volunteer ON rule_exception (volunteer_id);
CREATE INDEX rule_exception_assignment ON rule_exception (assignment_id);

-- The ids of records that were merged or erased, hashed with this database's own salt, so that
-- importing an old file does not bring them back.
CREATE TABLE tombstone (
    record TEXT NOT NULL,
    id_hash BLOB NOT NULL,
    PRIMARY KEY (record, id_hash)
) STRICT, WITHOUT ROWID;

-- One row per command that changed something. `command` is its name, never its arguments.
CREATE TABLE change_set (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    command TEXT NOT NULL
) STRICT;

-- What each of them did, written by triggers in the same transaction. An update or a delete keeps
-- what was before, as JSON; inserts that follow one another are one row, from first to last.
CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    change_set_id INTEGER NOT NULL REFERENCES change_set,
    record TEXT NOT NULL,
    operation TEXT NOT NULL CHECK (operation IN ('insert', 'update', 'delete')),
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL,
    before TEXT CHECK (json_type(before) = 'object')
) STRICT;
CREATE INDEX change_change_set ON change (change_set_id);
CREATE INDEX change_record ON change (record, first_id);
