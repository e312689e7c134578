-- one row a cell of the form that $agency's report of $year is on, with the same cell a year before
with spoken as (
    select d.document_id, d.year, d.edition_id
    from document d
    join agency a using (agency_id)
    where a.name = $agency and d.speaks and d.year in ($year, $year - 1)
),
-- narrowed down first: facts and totals are read no further than these reports
printed as (
    select d.year, f.indicator_id, f.group_id, f.fact_id, f.value, f.status, f.raw
    from fact_by_agency f
    join spoken d using (document_id)
    where f.source = 'table'
),
derived as (
    select r.*
    from derived_answer r
    join spoken d using (document_id)
)
select
    i.code as indicator, g.code as "group", f.fact_id, f.value, f.status, f.raw, r.value as derived_value,
    p.value as previous_value, p.status as previous_status, p.fact_id as previous_fact_id
from spoken d
join edition_cell c using (edition_id)
join indicator i using (indicator_id)
join applicant_group g using (group_id)
cross join (select group_id from applicant_group where code = 'total') t
left join printed f
    on f.year = d.year and f.indicator_id = c.indicator_id and f.group_id = c.group_id
left join derived r
    on r.document_id = d.document_id and r.indicator_id = c.indicator_id
        and r.group_id = case when i.dimension = 'group' and c.group_id = 0 then t.group_id else c.group_id end
left join printed p
    on p.year = d.year - 1 and p.indicator_id = c.indicator_id and p.group_id = c.group_id
where d.year = $year and not (c.is_optional and f.fact_id is null)
order by i.indicator_id, g.group_id;
