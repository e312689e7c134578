-- the totals that follow from their parts, of the documents from $first to $last
insert into derived_answer
select * from total_from_parts where document_id between $first and $last order by document_id, indicator_id, group_id;
