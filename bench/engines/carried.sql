-- one row a year: how many agencies say what was carried in and, the year before, out; and where they differ
with told as (
    select a.agency_id, a.year, i.code, a.value
    from answer a
    join indicator i using (indicator_id)
    join applicant_group g using (group_id)
    where i.code in ('req.carried_in', 'req.carried_out') and g.code = 'total' and a.value is not null
)
select n.year, count(*) as agencies, count(*) filter (where n.value <> b.value) as differing
from told n
join told b on b.agency_id = n.agency_id and b.year = n.year - 1
where n.code = 'req.carried_in' and b.code = 'req.carried_out'
group by n.year;
