-- one row an agency of $agencies, indicator of $indicators and item: growth from the first to the last figure
-- between $first_year and $last_year that compare, i.e. with no break between them. One row without item where
-- there is no figure. status: ok, no_figures, one_figure, short (a span of one year), not_positive (either
-- figure is 0 or below), approximate (either is a round number), small_base (the first is under 10); factor and
-- cagr (% a year) are null but for ok. missing_years lie between the two and have no figure; earlier_years have
-- one that does not compare.
with who as (
    select agency_id, name, list_position($agencies, name) as place from agency where list_contains($agencies, name)
),
wanted as (
    select
        i.*, list_position($indicators, i.code) as place,
        case when i.dimension = 'group' then coalesce($group, 'total') end as group_code
    from indicator i
    where list_contains($indicators, i.code)
),
told as (
    select
        f.agency_id, f.indicator_id, f.item_id, f.year, f.value, f.status, f.fact_ids,
        (
            select count(*)
            from series_break b
            where b.indicator_id = f.indicator_id and b.agency_id in (0, f.agency_id) and b.first_year <= f.year
        ) as segment
    from figure f
    join who using (agency_id)
    join wanted w using (indicator_id)
    join applicant_group g on g.group_id = f.group_id and g.code is not distinct from w.group_code
    where f.value is not null and f.year between $first_year and $last_year
),
placed as (
    select *, max(segment) over (partition by agency_id, indicator_id, item_id) as last_segment
    from told
),
spans as (
    select
        agency_id, indicator_id, item_id,
        min(year) filter (where segment = last_segment) as start_year, max(year) as end_year,
        min_by(value, year) filter (where segment = last_segment) as start_value, max_by(value, year) as end_value,
        min_by(status, year) filter (where segment = last_segment) as start_status, max_by(status, year) as end_status,
        list_concat(
            min_by(fact_ids, year) filter (where segment = last_segment), max_by(fact_ids, year)
        ) as fact_ids,
        list(year order by year) filter (where segment = last_segment) as years,
        coalesce(list(year order by year) filter (where segment < last_segment), []) as earlier_years
    from placed
    group by agency_id, indicator_id, item_id
),
judged as (
    select
        o.name as agency, o.place as agency_place, w.code as indicator, w.name_zh, w.unit_zh, w.place, s.*,
        s.end_year - s.start_year as span,
        case
            when s.end_year is null then 'no_figures'
            when s.end_year = s.start_year then 'one_figure'
            when s.end_year - s.start_year < 2 then 'short'
            when s.start_value <= 0 or s.end_value <= 0 then 'not_positive'
            when 'approximate' in (s.start_status, s.end_status) then 'approximate'
            when s.start_value < 10 then 'small_base'
            else 'ok'
        end as status
    from who o
    cross join wanted w
    left join spans s on s.agency_id = o.agency_id and s.indicator_id = w.indicator_id
)
select
    j.agency, j.indicator, j.name_zh, j.unit_zh, t.name as item, j.start_year, j.start_value, j.end_year, j.end_value,
    j.span, j.status, j.end_value - j.start_value as change,
    case when j.status = 'ok' then j.end_value::double / j.start_value end as factor,
    case when j.status = 'ok' then (pow(j.end_value::double / j.start_value, 1.0 / j.span) - 1) * 100 end as cagr,
    coalesce(list_filter(range(j.start_year, j.end_year), lambda year: not list_contains(j.years, year)), []) as missing_years,
    coalesce(j.earlier_years, []) as earlier_years, coalesce(list_sort(list_distinct(j.fact_ids)), []) as fact_ids
from judged j
left join item t using (item_id)
order by j.agency_place, j.place, j.item_id;
