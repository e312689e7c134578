-- fact, evidence -> fact_by_agency, the facts sorted by agency: what one agency's page asks for lies together
insert into fact_by_agency
select f.*, e.raw, e.unit
from fact f
join evidence e using (fact_id)
order by f.agency_id, f.year, f.indicator_id, f.answer_group_id, f.item_id, f.document_id, f.source, f.ordinal;
