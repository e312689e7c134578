-- one row an agency of $region and cell of the form that is in force in $year (only the cell of $indicator
-- and $group where $indicator is not null): what the table of its report has there. A government's own
-- report is left out, for it may be a sum of the others. status says why there is no value, no_report and
-- not_asked (by the form that the report is on) among it; not_comparable where a change of form breaks the
-- series. derived_value is what a blank total follows to from its parts; it is no value.
with form as (
    select edition_id, first_year
    from edition
    where first_year <= $year and (last_year is null or last_year >= $year)
),
member as (
    select agency_id, name, code
    from agency
    where region = $region and type <> '政府'
),
spoken as (
    select d.*, e.name_zh as edition_name, coalesce(e.first_year, d.year) as form_year
    from document d
    join member using (agency_id)
    left join edition e using (edition_id)
    where d.speaks and d.year = $year
),
-- narrowed down first: facts and totals are read no further than these reports
printed as (
    select f.document_id, f.indicator_id, f.group_id, f.fact_id, f.value, f.status, f.raw
    from fact_by_agency f
    join spoken d using (document_id)
    where f.item_id = 0 and f.source = 'table' and f.is_answer
),
derived as (
    select r.*
    from derived_answer r
    join spoken d using (document_id)
),
-- a change of form lies between the report's form and the one in force, and breaks the series
broken as (
    select distinct d.document_id, b.indicator_id
    from series_break b
    join edition x on x.first_year = b.first_year
    cross join form
    join spoken d
        on b.first_year > least(d.form_year, form.first_year) and b.first_year <= greatest(d.form_year, form.first_year)
    where b.agency_id = 0
),
used as (
    select distinct indicator_id, group_id from printed
),
told as (
    select
        i.indicator_id, i.code as indicator, i.name_zh, i.unit_zh, g.group_id, g.code as "group",
        g.name_zh as group_label, m.agency_id, m.name as agency, m.code as agency_code, d.document_id,
        d.edition_id, d.edition_name, d.is_complete, f.fact_id, f.value, f.status, r.value as derived_value, f.raw,
        q.edition_id is not null as is_asked, b.document_id is null as is_comparable,
        u.indicator_id is null and c.is_optional as is_unused
    from form
    join edition_cell c using (edition_id)
    join indicator i using (indicator_id)
    join applicant_group g using (group_id)
    cross join (select group_id from applicant_group where code = 'total') t
    cross join member m
    left join spoken d using (agency_id)
    left join printed f
        on f.document_id = d.document_id and f.indicator_id = c.indicator_id and f.group_id = c.group_id
    left join derived r
        on r.document_id = d.document_id and r.indicator_id = c.indicator_id
            and r.group_id = case when i.dimension = 'group' and c.group_id = 0 then t.group_id else c.group_id end
    left join edition_cell q
        on q.edition_id = d.edition_id and q.indicator_id = c.indicator_id and q.group_id = c.group_id
    left join broken b on b.document_id = d.document_id and b.indicator_id = c.indicator_id
    left join used u on u.indicator_id = c.indicator_id and u.group_id = c.group_id
    where $indicator is null or (i.code = $indicator and g.code is not distinct from $group)
)
select
    indicator, name_zh, unit_zh, "group", group_label, agency, agency_code, edition_name,
    case when is_comparable then value end as value,
    case
        when document_id is null then 'no_report'
        when fact_id is not null then case when is_comparable then status else 'not_comparable' end
        when edition_id <> 0 and not is_asked then 'not_asked'
        when not is_complete then 'not_entered'
        else 'not_stated'
    end as status,
    derived_value, fact_id, raw
from told
where not is_unused
order by indicator_id, group_id, agency_id;
