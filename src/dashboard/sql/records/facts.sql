-- one row a fact of $document, in the order of the report
select i.code, g.code, t.name, f.value, f.status, e.raw, e.unit, f.source, e.locator
from fact_by_agency f
join evidence e using (fact_id)
join indicator i using (indicator_id)
join applicant_group g using (group_id)
join item t using (item_id)
where f.document_id = $document
order by f.ordinal;
