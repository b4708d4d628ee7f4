-- A year's hours stand together, with all that the report and the control ask of them: the cost
-- follows the year. The entries themselves lie in the order in which they were entered.
DROP INDEX hours_worked;
CREATE INDEX hours_worked ON hours (
    worked_on, kind, volunteer_id, assignment_id, activity_id, visits, minutes, driving_minutes,
    kind_other, imported_id
);
