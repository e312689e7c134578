-- staged facts -> fact, one row a place where a document says something; sorted for range scans.
-- Answers: the speaking document's facts, table before prose, the first mention before a repeat. A
-- mention in prose of an indicator that the form splits by applicant stands for its total.
insert into fact
with placed as (
    select
        s.*,
        d.speaks,
        case when i.dimension = 'group' and s.group_id = 0 then $total_group else s.group_id end as answer_group_id
    from staged_fact s
    join document d using (document_id)
    join indicator i using (indicator_id)
),
ranked as (
    select
        *,
        row_number() over same as place,
        count(distinct value) over (
            partition by document_id, indicator_id, answer_group_id, item_id
        ) > 1 as disagrees
    from placed
    window same as (
        partition by document_id, indicator_id, answer_group_id, item_id
        order by source = 'table' desc, ordinal
    )
)
select
    fact_id, indicator_id, group_id, answer_group_id, item_id, year, agency_id, document_id, source, ordinal,
    value, status, speaks and place = 1, disagrees
from ranked
order by indicator_id, answer_group_id, year, agency_id, item_id, document_id, source, ordinal;
