-- one row a cell of the form in the rows given (those of district_cells.sql): the sum of the numbers
-- printed there, null where there is none, and how many agencies gave one; how many did not, by the reason.
-- numbers and reasons together are agencies.
with listed as (
    select r.*, row_number() over () as place
    from (
{rows}
    ) r
)
select
    indicator, any_value(name_zh) as name_zh, any_value(unit_zh) as unit_zh, "group",
    any_value(group_label) as group_label,
    sum(value) as value,
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
from listed
group by indicator, "group"
order by min(place);
