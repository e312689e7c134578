-- one row a cell of the form in the table `part` (the rows of district_cells.sql): the sum of the numbers
-- printed there, null where there is none, and how many agencies gave one; how many did not, by the reason.
-- numbers and reasons together are agencies.
with told as (
    select *, row_number() over () as place from part
)
select
    indicator, any_value(name_zh) as name_zh, any_value(unit_zh) as unit_zh, "group",
    any_value(group_label) as group_label,
    sum(cast(value as decimal(18, 6))) as value,
    count(*) as agencies,
    count(value) as numbers,
    count(*) filter (where status = 'blank') as blank,
    count(*) filter (where status = 'dash') as dash,
    count(*) filter (where status = 'unquantified') as unquantified,
    count(*) filter (where status = 'unreadable') as unreadable,
    count(*) filter (where status = 'not_asked') as not_asked,
    count(*) filter (where status = 'not_comparable') as not_comparable,
    count(*) filter (where status = 'not_entered') as not_entered,
    count(*) filter (where status = 'not_stated') as not_stated,
    count(*) filter (where status = 'no_report') as no_report
from told
group by indicator, "group"
order by min(place);
