-- Those who belong to the department in a year are found without reading all who ever did. The
-- log's triggers are made anew too, as they are after every migration: shorter, because SQLite
-- reads them whenever the file is opened.
CREATE INDEX volunteer_left ON volunteer (left_on, approved_on);

-- When a record came to be is found without reading what has become of it since.
DROP INDEX change_record;
CREATE INDEX change_record ON change (record, operation, first_id, last_id);
