-- Assignments that ran at some time in the period, which every population may refer to.
SELECT a.id, a.imported_id, a.volunteer_id, i.family_id, a.started_on, a.ended_on, a.usual_time
  FROM assignment a
  JOIN inquiry i ON i.id = a.inquiry_id
 WHERE a.started_on <= :last AND (a.ended_on IS NULL OR a.ended_on >= :first)
