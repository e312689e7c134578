-- the totals that follow from their parts -> derived_answer
insert into derived_answer
select * from total_from_parts order by document_id, indicator_id, group_id;
