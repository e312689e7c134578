-- one row a fact of $fact_ids, in that order: the cell as a finding names it
select document_id, indicator_id, group_id, item_id, value, status
from fact_by_agency
where list_contains($fact_ids, fact_id)
order by list_position($fact_ids, fact_id);
