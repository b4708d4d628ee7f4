-- Children of 0 to 18 years at the period's end, of the families with an assignment in it. A
-- sibling is recorded as without special needs, in a family where another child has them.
WITH young AS (
    SELECT c.*, :year - substr(c.born, 1, 4) AS age
      FROM child c
     WHERE c.family_id IN (SELECT family_id FROM running)
       AND :year - substr(c.born, 1, 4) BETWEEN 0 AND 18
)
SELECT y.id, y.imported_id, coalesce(y.name, 'barn') || ' (' || f.name || ')' AS name,
       y.age, y.special_needs, f.background,
       y.special_needs = 0 AND max(coalesce(y.special_needs, 0)) OVER family AS special_sibling
  FROM young y
  JOIN family f ON f.id = y.family_id
WINDOW family AS (PARTITION BY y.family_id)
