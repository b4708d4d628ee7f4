-- Volunteers who belonged to the department at some time in the period.
-- What «annet» was (`_other`) is for people to read: no form asks for it.
WITH active AS (
    SELECT volunteer_id FROM hours WHERE worked_on BETWEEN :first AND :last AND kind = 'aktivitet'
)
SELECT v.id, v.imported_id, v.name, v.occupation, v.gender,
       :year - substr(v.born, 1, 4) AS age, v.has_children, v.found_us,
       v.id IN (SELECT volunteer_id FROM running) AS linked,
       v.id IN active AS other_activity, v.occupation_other, v.found_us_other
  FROM volunteer v
 WHERE v.id IN present
