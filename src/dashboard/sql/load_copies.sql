-- fact -> fact_by_agency, the same rows sorted by agency: what one agency's page asks for lies together
insert into fact_by_agency
select *
from fact
order by agency_id, year, indicator_id, answer_group_id, item_id, document_id, source, ordinal;
