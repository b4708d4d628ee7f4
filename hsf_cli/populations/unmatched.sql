-- Inquiries that no volunteer was found for: those closed in the period after a home visit with
-- no assignment ever, and those that wait on its last day: received, not closed on or before it,
-- and no assignment of theirs running on it. On the day an assignment ends, the family waits again.
SELECT i.id, i.imported_id, f.name, i.family_id, i.received_on, i.visited_on,
       'avsluttet' AS outcome
  FROM inquiry i
  JOIN family f ON f.id = i.family_id
 WHERE i.closed_on BETWEEN :first AND :last AND i.visited_on IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.inquiry_id = i.id)
 UNION ALL
SELECT i.id, i.imported_id, f.name, i.family_id, i.received_on,
       iif(i.visited_on <= :last, i.visited_on, NULL),
       iif(i.visited_on <= :last, 'venter_familiekontakt', 'venter_besøk')
  FROM inquiry i
  JOIN family f ON f.id = i.family_id
 WHERE (i.closed_on IS NULL OR i.closed_on > :last)
       -- (The sign keeps the plan from going by when they were received, which nearly all were.)
   AND +i.received_on <= :last
   AND NOT EXISTS (SELECT 1 FROM assignment a
                    WHERE a.inquiry_id = i.id AND a.started_on <= :last
                      AND (a.ended_on IS NULL OR a.ended_on > :last))
