-- Families with at least one assignment that ran at some time in the period. `children` counts
-- those of 0 to 18 years at the period's end, and special needs are looked for among them alone.
-- What «annet» was (`_other`) is for people to read: no form asks for it.
WITH young AS (
    SELECT c.family_id, count(*) AS number, max(c.special_needs) AS special_needs
      FROM child c
     WHERE c.family_id IN (SELECT family_id FROM running)
       AND :year - substr(c.born, 1, 4) BETWEEN 0 AND 18
     GROUP BY c.family_id
)
SELECT f.id, f.imported_id, f.name, f.civil_status, f.background,
       f.reception_centre, f.introduction_programme,
       coalesce(y.special_needs, 0) AS special_needs, coalesce(y.number, 0) AS children,
       f.challenges, f.support, f.network, f.help_before, f.help_after, f.found_us,
       f.challenges_other, f.support_other, f.network_other, f.found_us_other
  FROM family f
  LEFT JOIN young y ON y.family_id = f.id
 WHERE f.id IN (SELECT family_id FROM running)
