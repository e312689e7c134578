-- one row a government's figure of $indicators that is less than the sum of its own departments' of the year
-- (same region and level, as far as their reports are in), where its report says by a word of $scope_words that
-- it speaks for them: the facts of the government, then of the departments
with told as (
    select a.*, i.code, w.type, w.level, w.region
    from answer a
    join agency w using (agency_id)
    join indicator i using (indicator_id)
    left join applicant_group g using (group_id)
    where list_contains($indicators, i.code) and a.item_id = 0 and coalesce(g.code, 'total') = 'total'
        and a.status in ('reported', 'nil')
)
select
    n.document_id, n.code, n.value, sum(b.value) as added, count(*) as departments,
    list_prepend(n.fact_id, list(b.fact_id order by b.fact_id)) as fact_ids
from told n
join told b
    on b.type = '部门' and b.level = n.level and b.region = n.region and b.year = n.year
        and b.indicator_id = n.indicator_id and b.group_id = n.group_id
where n.type = '政府' and exists (
    select 1 from section s where s.document_id = n.document_id and regexp_matches(s.text, $scope_words)
)
group by n.document_id, n.code, n.value, n.indicator_id, n.group_id, n.fact_id
having sum(b.value) > n.value
order by n.document_id, n.indicator_id;
