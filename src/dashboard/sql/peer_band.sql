-- one row an indicator of the rows given (those of peers.sql, or of any figure in their shape): how
-- many peers have a comparable number, and why the others have none; the quartiles of those that have,
-- null under five; where the agency's own value lies among them, null too where it rests on fewer than
-- ten cases. The agency itself is not one of its peers.
with listed as (
    select
        r.* replace (cast(r.value as double) as value), row_number() over () as place
    from (
{rows}
    ) r
),
grouped as (
    select
        indicator, any_value(name_zh) as name_zh, any_value(unit_zh) as unit_zh, min(place) as place,
        max(value) filter (where is_own) as value,
        any_value(status) filter (where is_own) as status,
        max(n) filter (where is_own) as n,
        count(*) filter (where not is_own) as peers,
        count(value) filter (where not is_own and is_comparable) as numbers,
        count(value) filter (where not is_own and is_comparable and n < 10) as small,
        count(*) filter (where not is_own and status = 'no_report') as no_report,
        count(*) filter (where not is_own and status = 'not_asked') as not_asked,
        count(value) filter (where not is_own and not is_comparable) as not_comparable,
        count(*) filter (
            where not is_own and value is null and status in ('small_n', 'zero_denominator')
        ) as too_few,
        count(*) filter (
            where not is_own and value is null
                and status not in ('no_report', 'not_asked', 'small_n', 'zero_denominator')
        ) as not_told,
        percentile_cont(0.25) within group (order by value) filter (where not is_own and is_comparable) as p25,
        percentile_cont(0.5) within group (order by value) filter (where not is_own and is_comparable) as median,
        percentile_cont(0.75) within group (order by value) filter (where not is_own and is_comparable) as p75
    from listed
    group by indicator
)
select
    indicator, name_zh, unit_zh, value, status, n, peers, numbers, small, no_report, not_asked, not_comparable, too_few, not_told,
    case when numbers >= 5 then p25 end as p25,
    case when numbers >= 5 then median end as median,
    case when numbers >= 5 then p75 end as p75,
    case
        when numbers < 5 or value is null or n is null or n < 10 then null
        when value < p25 then 'below'
        when value > p75 then 'above'
        else 'within'
    end as position
from grouped
order by place;
