-- one row an applicant group and a row of table 3 in the report of $agency and $year. flow: in (origin: new,
-- carried_in) or out (outcome: granted, partial, denied, unable, not_processed, other, carried_out), reason the
-- row of the form; is_whole marks a subtotal whose reasons are rows too: leave it out of sums. Rows that the
-- form has and the report does not tell have no value, and status says why. Older forms do not ask by
-- applicant: their rows stand in the total.
with reported as (
    select d.*
    from document d
    join agency a using (agency_id)
    where a.name = $agency and d.year = $year and d.speaks
),
steps as (
    select
        i.indicator_id, i.code, i.name_zh,
        case when i.code in ('req.new', 'req.carried_in') then 'in' else 'out' end as flow,
        case
            when i.code = 'req.outcome.already_public' then 'granted'
            when i.code in ('req.outcome.correction_notice', 'req.outcome.other_route') then 'other'
            when starts_with(i.code, 'req.outcome.') then split_part(i.code, '.', 3)
            else split_part(i.code, '.', 2)
        end as step
    from indicator i
    where i.code in ('req.new', 'req.carried_in', 'req.carried_out')
        or (starts_with(i.code, 'req.outcome.') and i.code <> 'req.outcome.total')
),
figures as (
    select
        f.indicator_id, case when f.group_id = 0 then t.group_id else f.group_id end as group_id, f.value, f.status,
        f.fact_ids
    from figure f
    join reported d using (document_id)
    cross join (select group_id from applicant_group where code = 'total') t
),
-- the rows that the form has in every report, and what is told beside them
cells as (
    select c.indicator_id, case when c.group_id = 0 then t.group_id else c.group_id end as group_id
    from reported d
    join edition_cell c using (edition_id)
    cross join (select group_id from applicant_group where code = 'total') t
    where not c.is_optional
    union
    select indicator_id, group_id from figures
),
told as (
    select
        s.*, c.group_id, f.value, coalesce(f.fact_ids, []) as fact_ids,
        coalesce(f.status, case when d.is_complete then 'not_stated' else 'not_entered' end) as status
    from cells c
    join steps s using (indicator_id)
    cross join reported d
    left join figures f using (indicator_id, group_id)
)
select
    g.code as "group", g.name_zh as group_label, t.flow, t.step, t.code as reason, t.name_zh as reason_label, t.value,
    t.status, t.fact_ids,
    exists (
        select 1 from told p where p.group_id = t.group_id and starts_with(p.code, t.code || '.')
    ) as is_whole
from told t
join applicant_group g using (group_id)
order by g.group_id, t.flow, t.indicator_id;
