-- one row: the quartiles of $indicator over the agencies of $function and $level in $year
select
    count(a.value) as numbers,
    percentile_cont(0.25) within group (order by a.value) as p25,
    percentile_cont(0.5) within group (order by a.value) as median,
    percentile_cont(0.75) within group (order by a.value) as p75
from answer a
join indicator i using (indicator_id)
join applicant_group g using (group_id)
join agency p using (agency_id)
where i.code = $indicator and g.code = 'total' and a.year = $year and p.function = $function and p.level = $level;
