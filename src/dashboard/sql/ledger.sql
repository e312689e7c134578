-- one row a year from $first_year to $last_year and applicant group of $agency: its requests carried in, new,
-- completed and carried out (null where the report gives no number, status says why), and whether what was
-- carried in is what the report of the year before carried out. verdict: matches, differs or unknown with reason and
-- the year it lies in.
-- balance is carried in + new − completed − carried out, 0 where they agree
with years as (
    select unnest(range($first_year, $last_year + 1)) as year
),
spoken as (
    select d.*
    from document d
    join agency a using (agency_id)
    where a.name = $agency and d.speaks
),
wanted as (
    select indicator_id, code from indicator
    where code in ('req.carried_in', 'req.new', 'req.outcome.total', 'req.carried_out')
),
-- narrowed down first: no figure of other reports is read
figures as (
    select f.*
    from figure f
    join spoken d using (document_id)
    where f.item_id = 0
),
cells as (
    select
        d.document_id, g.group_id, w.code, s.value, s.fact_ids,
        case
            when s.status is not null then s.status
            when not exists (
                select 1 from edition_cell e
                where e.edition_id = d.edition_id and e.indicator_id = w.indicator_id and e.group_id = g.group_id
            ) then 'not_asked'
            when d.is_complete then 'not_stated'
            else 'not_entered'
        end as status
    from spoken d
    cross join wanted w
    join applicant_group g on g.group_id > 0
    left join figures s
        on s.document_id = d.document_id and s.indicator_id = w.indicator_id and s.group_id = g.group_id
),
filled as (
    select
        document_id, group_id,
        max(value) filter (where code = 'req.carried_in') as carried_in,
        max(value) filter (where code = 'req.new') as new,
        max(value) filter (where code = 'req.outcome.total') as completed,
        max(value) filter (where code = 'req.carried_out') as carried_out,
        max(status) filter (where code = 'req.carried_in') as carried_in_status,
        max(status) filter (where code = 'req.new') as new_status,
        max(status) filter (where code = 'req.outcome.total') as completed_status,
        max(status) filter (where code = 'req.carried_out') as carried_out_status,
        flatten(list(fact_ids order by code) filter (where fact_ids is not null)) as fact_ids
    from cells
    group by document_id, group_id
),
verdicts as (
    select v.document_id, v.group_id, v.rule, v.severity, v.expected, v.verdict, v.reason, v.reason_year, v.fact_ids
    from year_verdict v
    where v.stem = 'req' and v.kind = 'equal'
)
select
    y.year, g.code as "group", g.name_zh as group_label, f.carried_in, f.new, f.completed, f.carried_out,
    coalesce(f.carried_in_status, 'no_report') as carried_in_status, coalesce(f.new_status, 'no_report') as new_status,
    coalesce(f.completed_status, 'no_report') as completed_status,
    coalesce(f.carried_out_status, 'no_report') as carried_out_status,
    f.carried_in + f.new - f.completed - f.carried_out as balance,
    v.expected, case when v.expected is not null then f.carried_in - v.expected end as difference,
    coalesce(v.verdict, 'unknown') as verdict, case when d.document_id is null then 'no_report' else v.reason end as reason,
    case when d.document_id is null then y.year else v.reason_year end as reason_year,
    v.rule, v.severity,
    list_sort(list_distinct(list_concat(coalesce(v.fact_ids, []), coalesce(f.fact_ids, [])))) as fact_ids
from years y
join applicant_group g on g.group_id > 0
left join spoken d on d.year = y.year
left join filled f on f.document_id = d.document_id and f.group_id = g.group_id
left join verdicts v on v.document_id = d.document_id and v.group_id = g.group_id
order by y.year, g.group_id;
