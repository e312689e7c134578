-- one row a year from $first_year to $last_year and reason for refusing, being unable or not processing, of
-- $agency: the rows that any of its reports' forms asks for or that any of them tells. Years without a figure
-- are rows too; status says why. is_whole marks a subtotal that a form prints beside its reasons.
with years as (
    select unnest(range($first_year, $last_year + 1)) as year
),
spoken as (
    select d.*
    from document d
    join agency a using (agency_id)
    where a.name = $agency and d.speaks and d.year between $first_year and $last_year
),
reasons as (
    select i.*, split_part(i.code, '.', 3) as outcome
    from indicator i
    where split_part(i.code, '.', 3) in ('denied', 'unable', 'not_processed') and starts_with(i.code, 'req.outcome.')
),
asked as (
    select distinct edition_id, indicator_id from edition_cell
),
told as (
    select f.*
    from figure f
    join spoken d using (document_id)
    join reasons r using (indicator_id)
    join applicant_group g using (group_id)
    where g.group_id = 0 or g.code = 'total'
),
shown as (
    select indicator_id from told
    union
    select q.indicator_id from asked q join spoken d using (edition_id) join reasons r using (indicator_id)
)
select
    y.year, r.outcome, r.code as reason, r.name_zh as reason_label, t.value,
    case
        when t.status is not null then t.status
        when d.document_id is null then 'no_report'
        when q.indicator_id is null and d.edition_id > 0 then 'not_asked'
        when d.is_complete then 'not_stated'
        else 'not_entered'
    end as status,
    coalesce(t.fact_ids, []) as fact_ids,
    (
        select count(*)
        from series_break b
        where b.indicator_id = r.indicator_id and b.agency_id in (0, d.agency_id) and b.first_year <= y.year
    ) as segment,
    exists (select 1 from reasons p join shown using (indicator_id) where p.parent = r.code) as is_whole
from years y
cross join reasons r
join shown using (indicator_id)
left join spoken d on d.year = y.year
left join told t on t.document_id = d.document_id and t.indicator_id = r.indicator_id
left join asked q on q.edition_id = d.edition_id and q.indicator_id = r.indicator_id
order by y.year, r.indicator_id;
