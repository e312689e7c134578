-- fact_by_agency -> fact, the indicators from $first to $last, sorted as load_facts.sql does
insert into fact
select * exclude (raw, unit)
from fact_by_agency
where indicator_id between $first and $last
order by indicator_id, answer_group_id, year, agency_id, item_id, document_id, source, ordinal;
