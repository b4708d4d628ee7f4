-- Volunteers approved in the period. One who comes back is new only the first time.
SELECT v.id, v.imported_id, v.name
  FROM volunteer v
 WHERE v.id IN present
   AND (SELECT min(approved_on)
          FROM (SELECT v.approved_on
                 UNION ALL
                SELECT p.approved_on FROM earlier_period p WHERE p.volunteer_id = v.id))
       BETWEEN :first AND :last
