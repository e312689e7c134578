-- one row a figure of $indicators that is more than $times times that of the year before, or less than that part
-- of it (but not 0), where the year before has at least $least and no break lies between: the facts of both
with told as (
    select a.*, i.code
    from answer a
    join indicator i using (indicator_id)
    left join applicant_group g using (group_id)
    where list_contains($indicators, i.code) and a.item_id = 0 and coalesce(g.code, 'total') = 'total'
        and a.status = 'reported' and a.value > 0
)
select n.document_id, n.code, b.value as value_before, n.value, [b.fact_id, n.fact_id] as fact_ids
from told n
join told b
    on b.agency_id = n.agency_id and b.indicator_id = n.indicator_id and b.group_id = n.group_id
        and b.year = n.year - 1 and b.value >= $least
where (n.value > $times * b.value or n.value * $times < b.value)
    and not exists (
        select 1
        from series_break k
        where k.indicator_id = n.indicator_id and k.agency_id in (0, n.agency_id)
            and k.last_year < n.year and k.first_year >= n.year
    )
order by n.document_id, n.indicator_id;
