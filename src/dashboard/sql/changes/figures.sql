-- one row a cell of a report that both databases have and answer differently: was and value, each with its status
-- (null where that database has no such cell); of $agency and $year, or all where they are null
with told_now as (
    select
        w.name as agency, a.year, i.code as indicator, g.code as "group", g.name_zh as group_label, t.name as item, a.value, a.status, a.fact_id,
        i.indicator_id, i.name_zh, i.unit_zh
    from answer a
    join agency w using (agency_id)
    join indicator i using (indicator_id)
    join applicant_group g using (group_id)
    join item t using (item_id)
),
told_before as (
    select
        w.name as agency, a.year, i.code as indicator, g.code as "group", g.name_zh as group_label, t.name as item, a.value, a.status,
        i.indicator_id, i.name_zh, i.unit_zh
    from earlier.answer a
    join earlier.agency w using (agency_id)
    join earlier.indicator i using (indicator_id)
    join earlier.applicant_group g using (group_id)
    join earlier.item t using (item_id)
),
both_have as (
    select a.name as agency, d.year
    from document d
    join agency a using (agency_id)
    where d.speaks
    intersect
    select a.name, d.year
    from earlier.document d
    join earlier.agency a using (agency_id)
    where d.speaks
)
select
    'changed_value' as change, coalesce(n.agency, b.agency) as agency, coalesce(n.year, b.year) as year,
    coalesce(n.indicator, b.indicator) as indicator, coalesce(n.name_zh, b.name_zh) as name_zh,
    coalesce(n.unit_zh, b.unit_zh) as unit_zh, coalesce(n."group", b."group") as "group", coalesce(n.group_label, b.group_label) as group_label,
    coalesce(n.item, b.item) as item, b.value as was, b.status as was_status, n.value, n.status, n.fact_id
from told_now n
full join told_before b
    on b.agency = n.agency and b.year = n.year and b.indicator = n.indicator
        and b."group" is not distinct from n."group" and b.item is not distinct from n.item
join both_have h on h.agency = coalesce(n.agency, b.agency) and h.year = coalesce(n.year, b.year)
where (b.value is distinct from n.value or b.status is distinct from n.status)
    and ($agency is null or h.agency = $agency) and ($year is null or h.year = $year)
order by agency, year, coalesce(n.indicator_id, b.indicator_id), "group", item;
