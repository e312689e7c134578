-- as peers.sql, for an engine without percentiles: between the two numbers around the place, in proportion
with told as (
    select a.value, row_number() over (order by a.value) - 1 as place, count(*) over () - 1 as last
    from answer a
    join indicator i using (indicator_id)
    join applicant_group g using (group_id)
    join agency p using (agency_id)
    where i.code = $indicator and g.code = 'total' and a.year = $year and p.function = $function and p.level = $level
        and a.value is not null
)
select
    count(*) as numbers,
    sum(value * max(0, 1 - abs(place - 0.25 * last))) as p25,
    sum(value * max(0, 1 - abs(place - 0.5 * last))) as median,
    sum(value * max(0, 1 - abs(place - 0.75 * last))) as p75
from told;
