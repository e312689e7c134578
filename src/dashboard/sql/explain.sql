-- one row a part of the change of $indicator of $agency from the year before $year to $year, in each way it is
-- split: whole (the change itself), category (its parts in the indicators' tree), channel (other parts that a
-- rule of the form adds up), item (accounts, outlets, platforms, …), applicant. A part not printed itself is
-- the sum of its own parts. change is after - before; a side without a number adds nothing to it, and kind is
-- then reporting. kind: activity (both years tell it, and compare), reporting (`reason` says why: break,
-- new_in_form, not_asked, or what the side without a number is: no_report, blank, not_stated, …), remainder
-- (what the parts leave of the printed total). In each split the changes add up to that of the whole.
with recursive whole as (
    select
        i.*,
        case when i.dimension = 'group' then (select group_id from applicant_group where code = 'total') else 0 end
            as group_id
    from indicator i
    where i.code = $indicator
),
sides as (
    select s.side, s.year, a.agency_id, d.document_id, d.edition_id, d.is_complete
    from (values ('before', $year - 1), ('after', $year)) s (side, year)
    join agency a on a.name = $agency
    left join document d on d.agency_id = a.agency_id and d.year = s.year and d.speaks
),
-- whether this side's form asks for what any form asks for, indicator and group
asked as (
    select
        c.indicator_id, case when i.dimension = 'group' and c.group_id = 0 then w.group_id else c.group_id end as group_id,
        s.side, bool_or(c.edition_id = s.edition_id) or any_value(s.edition_id) = 0 as is_asked
    from edition_cell c
    join indicator i using (indicator_id)
    cross join whole w
    cross join sides s
    group by all
),
told as (
    select s.side, f.indicator_id, f.group_id, f.item_id, f.value, f.status, f.fact_ids
    from sides s
    join figure f using (document_id)
),
-- what the whole may be split into, as (split, indicator, group, item)
parts as (
    select 'whole' as split, indicator_id, group_id, 0 as item_id from whole
    union all
    select
        case when c.additive = 'yes' then 'category' else 'channel' end, c.indicator_id,
        case when c.dimension = 'group' then w.group_id else 0 end, 0
    from whole w
    join indicator c on c.parent = w.code
    where c.dimension in ('none', 'group') and (
        c.additive = 'yes'
        or c.additive = 'alt' and exists (
            select 1 from sum_part p where p.indicator_id = w.indicator_id and p.part_id = c.indicator_id
        )
    )
    union all
    select distinct 'item', c.indicator_id, 0, t.item_id
    from whole w
    join indicator c on c.code = w.code or (c.parent = w.code and c.additive = 'yes')
    join told t on t.indicator_id = c.indicator_id
    where c.dimension not in ('none', 'group') and t.item_id > 0
    union all
    select 'applicant', w.indicator_id, g.group_id, 0
    from whole w
    join applicant_group g on g.group_id > 0 and g.group_id <> w.group_id
    where w.dimension = 'group'
),
-- from each part down to what is printed: itself where it has a number, else its own parts
printed as (
    select
        p.split, p.indicator_id as part_id, p.group_id, p.item_id, s.side, p.indicator_id as node_id, p.group_id as node_group,
        t.value, t.status, t.fact_ids
    from parts p
    cross join sides s
    left join told t
        on t.side = s.side and t.indicator_id = p.indicator_id and t.group_id = p.group_id and t.item_id = p.item_id
    union all
    select
        n.split, n.part_id, n.group_id, n.item_id, n.side, c.indicator_id,
        case when c.dimension = 'group' then n.node_group else 0 end, t.value, t.status, t.fact_ids
    from printed n
    join indicator i on i.indicator_id = n.node_id
    join indicator c on c.parent = i.code and c.additive = 'yes' and c.dimension in ('none', 'group')
    left join told t
        on t.side = n.side and t.indicator_id = c.indicator_id and t.item_id = 0
            and t.group_id = case when c.dimension = 'group' then n.node_group else 0 end
    where n.split = 'category' and n.value is null
),
valued as (
    select
        n.split, n.part_id, n.group_id, n.item_id, n.side, sum(n.value) as value, count(n.status) as cells,
        flatten(list(n.fact_ids) filter (where n.value is not null)) as fact_ids,
        bool_or(b.indicator_id is not null) as is_broken,
        case
            when count(n.value) > 0
                then coalesce(any_value(n.status) filter (where n.node_id = n.part_id and n.value is not null), 'derived')
            when count(n.status) > 0 then any_value(n.status)
            when bool_and(s.document_id is null) then 'no_report'
            when not coalesce(bool_or(k.is_asked), true) then 'not_asked'
            when bool_or(s.is_complete) then 'not_stated'
            else 'not_entered'
        end as status
    from printed n
    join sides s using (side)
    left join asked k on k.indicator_id = n.node_id and k.group_id = n.node_group and k.side = n.side
    left join series_break b
        on b.indicator_id = n.node_id and b.first_year = $year and b.agency_id in (0, s.agency_id)
    group by n.split, n.part_id, n.group_id, n.item_id, n.side
),
compared as (
    select
        split, part_id, group_id, item_id,
        max(value) filter (where side = 'before') as before, max(value) filter (where side = 'after') as after,
        max(status) filter (where side = 'before') as before_status,
        max(status) filter (where side = 'after') as after_status,
        bool_or(is_broken) as is_broken, flatten(list(fact_ids)) as fact_ids
    from valued
    group by split, part_id, group_id, item_id
    having split = 'whole' or sum(cells) > 0
),
changed as (
    select
        *,
        case
            when split = 'whole' or (before is null and after is null) then after - before
            else coalesce(after, 0) - coalesce(before, 0)
        end as change,
        case
            when before is null and before_status = 'not_asked' then 'new_in_form'
            when before is null then before_status
            when after is null then after_status
            when is_broken then 'break'
        end as reason
    from compared
),
remainders as (
    select
        p.split, w.before - coalesce(sum(p.before), 0) as before, w.after - coalesce(sum(p.after), 0) as after
    from changed p
    join changed w on w.split = 'whole'
    where p.split <> 'whole' and w.change is not null
    group by p.split, w.before, w.after
),
rows_of as (
    select
        c.split, i.code as indicator, i.name_zh, g.code as "group", g.name_zh as group_label, t.name as item, c.before,
        c.after, c.change, case when c.reason is null then 'activity' else 'reporting' end as kind, c.reason,
        c.before_status, c.after_status, coalesce(list_sort(list_distinct(c.fact_ids)), []) as fact_ids
    from changed c
    join indicator i on i.indicator_id = c.part_id
    join applicant_group g using (group_id)
    join item t using (item_id)
    union all
    select
        split, null, null, null, null, null, before, after, after - before, 'remainder', null, 'derived', 'derived', []
    from remainders
    where before <> 0 or after <> 0
)
select *
from rows_of
order by
    list_position(['whole', 'category', 'channel', 'item', 'applicant'], split), kind = 'remainder',
    abs(change) desc nulls last, indicator, "group", item;
