-- Those who belong to the department in a year are found without reading all who ever did. The
-- log's triggers are made anew too, as they are after every migration: shorter, because SQLite
-- reads them whenever the file is opened.
CREATE INDEX volunteer_left ON volunteer (left_on, approved_on);
