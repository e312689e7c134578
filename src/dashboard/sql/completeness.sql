-- one row an indicator that $agency has ever told and a year: what stands there. Statements (kind text)
-- have no number by nature and are left out
with spoken as (
    select d.*
    from document d
    join agency a using (agency_id)
    where a.name = $agency and d.speaks
),
years as (
    select unnest(range($first_year, $last_year + 1)) as year
),
told as (
    select
        a.indicator_id, a.year, count(*) as cells, count(a.value) as numbers,
        count(*) filter (where a.status = 'blank') as blanks,
        count(*) filter (where a.status = 'unquantified') as unquantified
    from answer_by_agency a
    join spoken d using (document_id)
    group by a.indicator_id, a.year
)
select
    i.code as indicator, i.name_zh, split_part(i.code, '.', 1) as theme, y.year,
    coalesce(t.cells, 0) as cells, coalesce(t.numbers, 0) as numbers, coalesce(t.blanks, 0) as blanks,
    coalesce(t.unquantified, 0) as unquantified,
    d.document_id is not null as has_report, coalesce(d.is_complete, false) as is_complete
from indicator i
cross join years y
left join spoken d on d.year = y.year
left join told t on t.indicator_id = i.indicator_id and t.year = y.year
where i.kind <> 'text' and exists (select 1 from told x where x.indicator_id = i.indicator_id)
order by i.indicator_id, y.year;
