-- one row an agency of $agencies, indicator, item and year from $first_year to $last_year, of $group (null:
-- no group); an item has rows for the agencies that ever told it. Years without a figure are rows too: status
-- then says why (no_report, not_asked, not_entered, not_stated). A blank total that follows from its parts has that value, status derived.
-- state compares with the year before; segment counts the breaks a series has passed.
with years as (
    select unnest(range($first_year - 1, $last_year + 1)) as year
),
wanted as (
    select i.indicator_id, i.code, i.parent, i.name_zh, i.unit_zh, i.dimension, i.kind, list_position($indicators, i.code) as place
    from indicator i
    where list_contains($indicators, i.code)
),
-- an agency nobody knows (-1) has no report in any year
who as (
    select coalesce(a.agency_id, -1) as agency_id, n.name, list_position($agencies, n.name) as place
    from (select distinct unnest($agencies) as name) n
    left join agency a using (name)
),
chosen_group as (
    select
        w.indicator_id,
        case when w.dimension = 'group' then coalesce($group, 'total') end as code
    from wanted w
),
groups as (
    select c.indicator_id, g.group_id, g.code
    from chosen_group c
    join applicant_group g on g.code is not distinct from c.code
),
answers as (
    select a.*
    from answer_by_agency a
    join who using (agency_id)
    join groups g on g.indicator_id = a.indicator_id and g.group_id = a.group_id
),
-- an indicator told by item has a row for each item ever told; without any, one row without item
items as (
    select distinct o.agency_id, w.indicator_id, coalesce(a.item_id, 0) as item_id
    from wanted w
    cross join who o
    left join answers a using (agency_id, indicator_id)
),
documents as (
    select d.*
    from document d
    join who using (agency_id)
    where d.speaks
),
-- how many breaks a series has passed by each year
passed as (
    select o.agency_id, b.indicator_id, y.year, count(*) as breaks
    from series_break b
    join wanted w using (indicator_id)
    join who o on b.agency_id in (0, o.agency_id)
    join years y on b.first_year <= y.year
    group by o.agency_id, b.indicator_id, y.year
),
series as (
    select
        w.*, t.agency_id, y.year, t.item_id, g.group_id, g.code as group_code, d.document_id, d.edition_id, a.fact_id, a.source, a.raw, a.unit,
        coalesce(a.value, r.value) as value,
        case
            when a.value is null and r.value is not null then 'derived'
            when a.fact_id is not null then a.status
            when d.document_id is null then 'no_report'
            when u.indicator_id is not null then 'not_asked'
            when not d.is_complete then 'not_entered'
            else 'not_stated'
        end as status,
        coalesce(a.disagrees, false) as disagrees,
        case when a.value is null then r.fact_ids end as part_ids,
        coalesce(p.breaks, 0) as segment
    from wanted w
    join items t using (indicator_id)
    join groups g using (indicator_id)
    cross join years y
    left join documents d on d.agency_id = t.agency_id and d.year = y.year
    left join answers a
        on a.agency_id = t.agency_id and a.indicator_id = w.indicator_id and a.item_id = t.item_id
            and a.year = y.year
    left join derived_answer r
        on r.document_id = d.document_id and r.indicator_id = w.indicator_id and r.group_id = g.group_id
            and t.item_id = 0
    left join unasked u on u.edition_id = d.edition_id and u.indicator_id = w.indicator_id
    left join passed p on p.agency_id = t.agency_id and p.indicator_id = w.indicator_id and p.year = y.year
),
compared as (
    select
        *,
        lag(value) over history as base_value,
        lag(status) over history as base_status,
        lag(segment) over history as base_segment,
        lag(fact_id) over history as base_fact_id
    from series
    window history as (partition by agency_id, indicator_id, item_id order by year)
),
judged as (
    select
        *,
        case
            when value is null then 'not_reported'
            when base_value is null then 'no_base'
            when segment <> base_segment then 'not_comparable'
            when value = base_value then 'flat'
            when base_value = 0 then 'new'
            when value = 0 then 'ceased'
            when value > base_value then 'up'
            else 'down'
        end as state
    from compared
)
select
    o.name as agency, j.code as indicator, j.name_zh, j.unit_zh, j.dimension, j.group_code as "group", t.name as item, j.year, j.value, j.status,
    j.source, j.fact_id, j.part_ids, j.document_id, j.segment, j.disagrees, j.raw, j.unit,
    j.state, j.base_value, j.base_status, j.base_fact_id,
    case when j.state in ('up', 'down', 'flat', 'new', 'ceased') then j.value - j.base_value end as change,
    case
        when j.state in ('up', 'down', 'flat', 'ceased') and j.base_value >= 10
            then round((j.value - j.base_value) * 100 / j.base_value, 1)
    end as percent,
    coalesce(j.status = 'approximate' or j.base_status = 'approximate', false) as is_approximate
from judged j
join who o using (agency_id)
join item t using (item_id)
where j.year >= $first_year
order by o.place, j.place, j.item_id, j.year;
