-- what peer_band.sql makes of the rows of peers.sql, for an engine without percentiles: between the two
-- numbers around the place, in proportion
with peer as ({rows}),
told as (
    select
        indicator, value, row_number() over (partition by indicator order by value) - 1 as place,
        count(*) over (partition by indicator) - 1 as last
    from peer
    where not is_own and is_comparable and value is not null
),
band as (
    select
        indicator, count(*) as numbers,
        sum(value * max(0, 1 - abs(place - 0.25 * last))) as p25,
        sum(value * max(0, 1 - abs(place - 0.5 * last))) as median,
        sum(value * max(0, 1 - abs(place - 0.75 * last))) as p75
    from told
    group by indicator
)
select
    o.indicator, o.value, coalesce(b.numbers, 0) as numbers, case when b.numbers >= 5 then b.p25 end as p25,
    case when b.numbers >= 5 then b.median end as median, case when b.numbers >= 5 then b.p75 end as p75
from peer o
left join band b using (indicator)
where o.is_own;
