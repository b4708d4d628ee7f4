-- Families registered on at least one activity for families in the period, whether they have an
-- assignment in it (linked) or are waiting, former or other families.
SELECT f.id, f.imported_id, f.name, f.id IN (SELECT family_id FROM running) AS linked
  FROM family f
 WHERE f.id IN (SELECT af.family_id
                  FROM activity a
                  JOIN activity_family af ON af.activity_id = a.id
                 WHERE a.held_on BETWEEN :first AND :last AND a.audience = 'familier')
