-- Assignments that ran at some time in the period, which every population may refer to.
SELECT a.*, i.family_id
  FROM assignment a
  JOIN inquiry i ON i.id = a.inquiry_id
 WHERE a.started_on <= :last AND (a.ended_on IS NULL OR a.ended_on >= :first)
