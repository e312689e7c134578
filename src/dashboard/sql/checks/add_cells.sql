-- the cells of facts $fact_ids, in that order, as those that finding $finding_id names
insert into finding_cell
select $finding_id, document_id, indicator_id, group_id, item_id, value, status
from fact
where list_contains($fact_ids, fact_id)
order by list_position($fact_ids, fact_id);
