-- derived totals -> derived_answer, one row an agency, year, indicator and group. What is told item by item has no
-- applicant group: the total of an indicator that the form splits by applicant is meant.
insert into derived_answer
select
    d.agency_id, d.year, r.document_id, r.indicator_id, r.group_id, r.value, r.fact_ids,
    exists (
        select 1
        from answer a
        where a.document_id = r.document_id and a.indicator_id = r.indicator_id and a.group_id = r.group_id
            and a.item_id = 0
    )
from (
    select
        t.document_id, t.indicator_id,
        case when i.dimension = 'group' and t.group_id = 0 then $total_group else t.group_id end as group_id,
        min(t.value) as value, min(t.fact_ids) as fact_ids
    from derived_total t
    join indicator i using (indicator_id)
    group by all
) r
join document d using (document_id)
where d.speaks
order by r.indicator_id, d.agency_id, d.year;
