-- one row an indicator of $indicators and agency in $year: $agency itself (is_own), and those like it:
-- of its kind, level and type, and of its function or its district as $likeness says (function,
-- district). value is that of all applicants and of no item; where there is none status says why. n is
-- the number of cases a value rests on: a count rests on itself. is_comparable is false where a change
-- of form lies between the two reports and breaks the series.
with wanted as (
    select i.*, g.group_id, list_position($indicators, i.code) as place
    from indicator i
    join applicant_group g on g.code is not distinct from case when i.dimension = 'group' then 'total' end
    where list_contains($indicators, i.code)
),
own as (
    select * from agency where name = $agency
),
compared as (
    select a.agency_id, a.name, a.code, a.agency_id = o.agency_id as is_own
    from own o
    join like_agency k on k.of_agency_id = o.agency_id and k.likeness = $likeness
    join agency a on a.agency_id = k.agency_id
),
spoken as (
    select d.*, coalesce(e.first_year, d.year) as form_year
    from document d
    join compared c using (agency_id)
    left join edition e using (edition_id)
    where d.speaks and d.year = $year
),
own_form as (
    select coalesce(max(d.form_year), $year) as form_year
    from spoken d
    join own using (agency_id)
),
-- narrowed down first: answers and totals are read no further than these indicators and reports
answers as (
    select a.*
    from answer a
    join wanted w using (indicator_id, group_id)
    join spoken d using (document_id)
    where a.item_id = 0 and a.year = $year
),
-- the word that stands where a report tells something without a number
said as (
    select e.fact_id, e.raw
    from evidence e
    join answers a using (fact_id)
    where a.status = 'unquantified'
),
derived as (
    select r.*
    from derived_answer r
    join wanted w using (indicator_id, group_id)
    join spoken d using (document_id)
    where r.year = $year
),
-- a change of form lies between the report's form and that of the agency's own report, and breaks the series
broken as (
    select distinct d.document_id, b.indicator_id
    from series_break b
    join edition e on e.first_year = b.first_year
    cross join own_form f
    join spoken d on b.first_year > least(d.form_year, f.form_year) and b.first_year <= greatest(d.form_year, f.form_year)
    where b.agency_id = 0
),
told as (
    select
        w.*, c.agency_id, c.name as agency, c.code as agency_code, c.is_own, d.document_id, a.fact_id, s.raw,
        coalesce(a.value, r.value) as value,
        case when a.value is null then r.fact_ids end as part_ids,
        case
            when a.value is null and r.value is not null then 'derived'
            when a.fact_id is not null then a.status
            when d.document_id is null then 'no_report'
            when u.indicator_id is not null then 'not_asked'
            when not d.is_complete then 'not_entered'
            else 'not_stated'
        end as status,
        b.document_id is null as is_comparable
    from wanted w
    cross join compared c
    left join spoken d on d.agency_id = c.agency_id
    left join answers a on a.document_id = d.document_id and a.indicator_id = w.indicator_id
    left join said s on s.fact_id = a.fact_id
    left join derived r on r.document_id = d.document_id and r.indicator_id = w.indicator_id
    left join unasked u on u.edition_id = d.edition_id and u.indicator_id = w.indicator_id
    left join broken b on b.document_id = d.document_id and b.indicator_id = w.indicator_id
)
select
    t.code as indicator, t.name_zh, t.unit_zh, t.agency, t.agency_code, t.is_own, t.value, t.status, t.is_comparable,
    case when t.kind in ('flow', 'stock') then t.value end as n, t.fact_id, t.part_ids, t.raw
from told t
order by t.place, t.is_own desc, t.agency_id;
