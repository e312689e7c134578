-- one row a report of $agency; speaks marks the one that stands for its year
select
    d.document_id, d.year, e.code as edition, e.name_zh as edition_name, d.kind, d.is_complete, d.speaks,
    d.address, d.file, d.sha256, d.received, d.published, d.signed
from document d
join agency a using (agency_id)
join edition e using (edition_id)
where a.name = $agency
order by d.year, d.speaks desc, d.document_id;
