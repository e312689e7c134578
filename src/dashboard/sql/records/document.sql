-- the report that stands for $agency and $year: one row or none
select d.document_id, e.code, d.address
from document d
join agency a using (agency_id)
join edition e using (edition_id)
where a.name = $agency and d.year = $year and d.speaks;
