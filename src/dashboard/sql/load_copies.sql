-- fact -> fact_by_agency, the same rows sorted by agency; and the totals that follow from their parts.
-- Both are read a range at a time: what one agency's page asks for lies together.
insert into fact_by_agency
select *
from fact
order by agency_id, year, indicator_id, answer_group_id, item_id, document_id, source, ordinal;

insert into derived_total
select * from total_from_parts order by document_id, indicator_id, group_id;
