-- one row a figure of $indicators, of at least $least, that is the same in $years years running up to a report,
-- with no break between: the years' facts, oldest first
with told as (
    select a.*, i.code
    from answer a
    join indicator i using (indicator_id)
    left join applicant_group g using (group_id)
    where list_contains($indicators, i.code) and a.item_id = 0 and coalesce(g.code, 'total') = 'total'
        and a.status = 'reported' and a.value >= $least
)
select n.document_id, n.code, n.value, min(b.year) as first_year, n.year, list(b.fact_id order by b.year) as fact_ids
from told n
join told b
    on b.agency_id = n.agency_id and b.indicator_id = n.indicator_id and b.group_id = n.group_id
        and b.value = n.value and b.year between n.year - $years + 1 and n.year
where not exists (
    select 1
    from series_break k
    where k.indicator_id = n.indicator_id and k.agency_id in (0, n.agency_id)
        and k.last_year < n.year and k.first_year > n.year - $years + 1
)
group by n.document_id, n.code, n.value, n.year, n.indicator_id, n.group_id
having count(*) = $years
order by n.document_id, n.indicator_id;
