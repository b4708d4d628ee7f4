-- Inquiries received in the period, whatever came of them.
SELECT i.id, i.imported_id, f.name, i.source
  FROM inquiry i
  JOIN family f ON f.id = i.family_id
 WHERE i.received_on BETWEEN :first AND :last
