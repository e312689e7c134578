-- one row a year from $first_year to $last_year, applicant group and outcome group of $agency. The
-- forms since 2019 print no subtotals: value is the sum of the group's rows, null where none has a number; a
-- total that a row leaves blank follows from its applicants (derived). A subtotal that an older form prints
-- stands for its rows. The older form counts 属于已主动公开 apart from 予以公开, and notices and other routes by
-- themselves; what it does not ask by applicant stands in the total. status is blank where every row is,
-- not_entered or no_report where there are none.
with outcome as (
    select unnest(['granted', 'partial', 'denied', 'unable', 'not_processed', 'other']) as outcome,
        unnest(range(1, 7)) as place
),
years as (
    select unnest(range($first_year, $last_year + 1)) as year
),
spoken as (
    select d.*
    from document d
    join agency a using (agency_id)
    where a.name = $agency and d.speaks
),
rows_of as (
    select i.indicator_id, o.outcome, o.place, i.code = 'req.outcome.' || o.outcome and o.outcome <> 'granted' as is_whole
    from indicator i
    join outcome o
        on i.code = 'req.outcome.' || o.outcome
            or starts_with(i.code, 'req.outcome.' || o.outcome || '.')
            or (o.outcome = 'granted' and i.code = 'req.outcome.already_public')
            or (o.outcome = 'other' and i.code in ('req.outcome.correction_notice', 'req.outcome.other_route'))
),
-- as the view figure has them, narrowed down first: totals are read no further than these reports
derived as (
    select r.*
    from derived_answer r
    join spoken d using (document_id)
),
figures as (
    select
        a.year, a.indicator_id, a.group_id, coalesce(a.value, t.value) as value,
        case when a.value is null and t.value is not null then 'derived' else a.status end as status,
        case when a.value is null and t.value is not null then t.fact_ids else [a.fact_id] end as fact_ids
    from answer_by_agency a
    join spoken d using (document_id)
    left join derived t
        on t.document_id = a.document_id and t.indicator_id = a.indicator_id and t.group_id = a.group_id
            and a.item_id = 0
    union all
    select year, indicator_id, group_id, value, 'derived', fact_ids
    from derived
    where not is_answered
),
told as (
    select
        a.year, r.outcome, case when a.group_id = 0 then total.group_id else a.group_id end as group_id,
        coalesce(max(a.value) filter (where r.is_whole), sum(a.value) filter (where not r.is_whole)) as value,
        count(a.value) as numbers, count(*) as cells, bool_or(a.status = 'unreadable') as is_unreadable,
        bool_or(a.status = 'derived') as is_derived,
        coalesce(
            flatten(list(a.fact_ids order by a.indicator_id) filter (where r.is_whole and a.value is not null)),
            flatten(list(a.fact_ids order by a.indicator_id))
        ) as fact_ids
    from figures a
    join rows_of r using (indicator_id)
    cross join (select group_id from applicant_group where code = 'total') total
    group by all
)
select
    y.year, g.code as "group", g.name_zh as group_label, g.group_id as group_order, o.outcome, o.place as outcome_order,
    t.value, coalesce(t.fact_ids, []) as fact_ids,
    case
        when d.document_id is null then 'no_report'
        when t.cells is null then case when d.is_complete then 'not_stated' else 'not_entered' end
        when t.is_unreadable then 'unreadable'
        when t.numbers = 0 then 'blank'
        when t.is_derived then 'derived'
        else 'reported'
    end as status
from years y
cross join outcome o
join applicant_group g on g.group_id > 0
left join spoken d on d.year = y.year
left join told t on t.year = y.year and t.outcome = o.outcome and t.group_id = g.group_id
order by y.year, g.group_id, o.place;
