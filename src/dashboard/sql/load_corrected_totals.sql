-- the totals that follow from the figures as corrected (corrected.sql) -> corrected_derived_answer
insert into corrected_derived_answer
select * from total_from_parts order by document_id, indicator_id, group_id;
