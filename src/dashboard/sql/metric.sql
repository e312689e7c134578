-- one row an agency of $agencies, metric of $metrics and year from $first_year to $last_year. status: ok;
-- derived (ok, with a total that follows from its parts); small_n (fewer than enough_from; is_shown tells
-- whether the value may be shown or only its counts); zero_denominator; missing_input (`missing` says which:
-- blank, not told, or in no report at all); not_asked (the form lacks an input); no_report; break (the two
-- years it is made of do not compare). value is null but for the first three. low and high are a Wilson
-- interval of 95 %. denominator_zh is what the form of the year calls it. segment counts the breaks passed; state compares with the year before in one segment.
with years as (
    select unnest(range($first_year - 1, $last_year + 1)) as year
),
who as (
    select agency_id, name, list_position($agencies, name) as place from agency where list_contains($agencies, name)
),
wanted as (
    select *, list_position($metrics, code) as place from metric where list_contains($metrics, code)
),
-- the reports each year of a metric is made of: the year's own, the year's before
reports as (
    select w.agency_id, m.metric_id, y.year, l.lag, d.document_id, d.edition_id
    from who w
    cross join wanted m
    cross join years y
    join (select distinct metric_id, lag from metric_term) l using (metric_id)
    left join document d on d.agency_id = w.agency_id and d.year = y.year - l.lag and d.speaks
),
-- narrowed down first: no figure of other reports is read
figures as (
    select f.*
    from figure f
    join (select distinct document_id from reports) d using (document_id)
),
cells as (
    select
        r.agency_id, r.metric_id, r.year, t.side, t.place, t.choice, t.sign, t.may_lack_all, f.value::double as value,
        f.status, f.fact_ids, f.value is null and (f.status is not null or not t.may_lack) as is_gap,
        t.is_asked, t.code || case when g.code <> 'total' then '[' || g.code || ']' else '' end as code,
        coalesce(i.name_zh, n.name_zh) || case when g.code <> 'total' then '（' || g.name_zh || '）' else '' end as name_zh
    from reports r
    join metric_term t on t.metric_id = r.metric_id and t.lag = r.lag and t.edition_id = r.edition_id
    left join figures f
        on f.document_id = r.document_id and f.indicator_id = t.indicator_id and f.group_id = t.group_id
    left join indicator i on i.indicator_id = t.indicator_id
    left join metric_input n on n.code = t.code
    join applicant_group g on g.group_id = t.group_id
),
choices as (
    select
        agency_id, metric_id, year, side, place, choice,
        count_if(is_gap) = 0 and (count(value) > 0 or bool_or(may_lack_all)) as is_told,
        coalesce(sum(sign * value), 0) as value, coalesce(sum(value * value), 0) as squares, count(value) as parts,
        count_if(value > 0) as positive, min(value) as least, bool_or(status = 'derived') as is_derived,
        bool_or(status = 'approximate') as is_approximate,
        flatten(list(fact_ids) filter (where value is not null)) as fact_ids,
        list(distinct code) filter (where value is null) as codes,
        list(distinct name_zh) filter (where value is null) as names,
        bool_or(is_gap and not is_asked) as is_unasked
    from cells
    group by agency_id, metric_id, year, side, place, choice
),
terms as (
    select *
    from choices
    qualify row_number() over (
        partition by agency_id, metric_id, year, side, place order by is_told desc, choice
    ) = 1
),
sides as (
    select
        agency_id, metric_id, year, side, bool_and(is_told) and sum(parts) > 0 as is_told,
        case when bool_and(is_told) and sum(parts) > 0 then sum(value) end as value,
        sum(squares) as squares, sum(parts) as parts, sum(positive) as positive, min(least) as least,
        coalesce(bool_or(is_derived), false) as is_derived, coalesce(bool_or(is_approximate), false) as is_approximate,
        flatten(list(fact_ids)) as fact_ids,
        flatten(list(codes) filter (where not is_told or parts = 0)) as codes,
        flatten(list(names) filter (where not is_told or parts = 0)) as names,
        bool_or(is_unasked) as is_unasked
    from terms
    group by agency_id, metric_id, year, side
),
fractions as (
    select
        agency_id, metric_id, year, bool_and(is_told) as is_told, bool_or(is_unasked) as is_unasked,
        max(value) filter (where side = 'numerator') as numerator,
        max(value) filter (where side = 'denominator') as denominator,
        max(squares) filter (where side = 'numerator') as squares,
        max(parts) filter (where side = 'numerator') as parts,
        max(positive) filter (where side = 'numerator') as positive,
        max(least) filter (where side = 'numerator') as least,
        bool_or(is_derived) as is_derived, bool_or(is_approximate) as is_approximate,
        list_sort(list_distinct(flatten(list(fact_ids)))) as fact_ids,
        list_sort(list_distinct(flatten(list(codes) filter (where not is_told)))) as missing,
        list_sort(list_distinct(flatten(list(names) filter (where not is_told)))) as missing_names
    from sides
    group by agency_id, metric_id, year
),
spans as (
    select
        agency_id, metric_id, year, bool_and(document_id is not null) as has_reports, year - max(lag) as oldest_year
    from reports
    group by agency_id, metric_id, year
),
complete as (
    select
        s.*,
        (
            select count(distinct b.first_year)
            from metric_break b
            where b.metric_id = s.metric_id and b.agency_id in (0, s.agency_id) and b.first_year <= s.year
        ) as segment,
        exists (
            select 1
            from metric_break b
            where b.metric_id = s.metric_id and b.agency_id in (0, s.agency_id)
                and b.first_year > s.oldest_year and b.first_year <= s.year
        ) as is_broken
    from spans s
),
counted as (
    select
        c.*, f.* exclude (agency_id, metric_id, year),
        m.kind, m.scale, m.constant, m.shown_from, m.enough_from, m.interval_below,
        case
            when m.kind in ('rate', 'ratio') then f.denominator
            when m.kind in ('concentration', 'normalised_concentration', 'effective_number') then f.numerator
        end as n,
        lag(c.segment) over (partition by c.agency_id, c.metric_id order by c.year) as base_segment
    from complete c
    join wanted m using (metric_id)
    left join fractions f using (agency_id, metric_id, year)
),
judged as (
    select
        *,
        case
            when not has_reports then 'no_report'
            when is_told is null or (not is_told and is_unasked) then 'not_asked'
            when not is_told then 'missing_input'
            when is_broken then 'break'
            when n <= 0 then 'zero_denominator'
            when n < enough_from then 'small_n'
            when is_derived then 'derived'
            else 'ok'
        end as status
    from counted
),
valued as (
    select
        *, status in ('ok', 'derived') or (status = 'small_n' and n >= shown_from) as is_shown,
        case
            when status not in ('ok', 'derived', 'small_n') then null
            when kind in ('rate', 'ratio') then scale * numerator / denominator
            when kind = 'amount' then numerator + constant
            when kind = 'least' then least + constant
            when kind = 'variety' then positive
            when kind = 'concentration' then squares / (n * n)
            when kind = 'effective_number' then n * n / squares
            when kind = 'normalised_concentration' and parts > 1
                then (squares / (n * n) - 1.0 / parts) / (1 - 1.0 / parts)
        end as value,
        -- Wilson: centre and half-width of the interval, z = 1.96
        case
            when status in ('ok', 'derived', 'small_n') and n < interval_below and numerator between 0 and n
                then (numerator / n + 1.9208 / n) / (1 + 3.8416 / n)
        end as centre,
        1.96 * sqrt(greatest(numerator / n * (1 - numerator / n), 0) / n + 0.9604 / (n * n)) / (1 + 3.8416 / n) as half
    from judged
),
compared as (
    select
        *,
        lag(value) over history as base,
        lag(is_shown) over history as base_is_shown
    from valued
    window history as (partition by agency_id, metric_id order by year)
),
stated as (
    select
        *,
        case
            when value is null then 'not_reported'
            when base is null then 'no_base'
            when segment <> base_segment then 'not_comparable'
            when not is_shown or not base_is_shown then 'too_few'
            when value = base then 'flat'
            when value > base then 'up'
            else 'down'
        end as state
    from compared
)
select
    w.name as agency, m.code as metric, m.family, m.name_zh, m.unit_zh, m.kind,
    coalesce(d.name_zh, m.denominator_zh) as denominator_zh, s.year, s.value,
    s.numerator, s.denominator, s.n, s.status, s.is_shown,
    round((s.centre - s.half) * 100, 6) as low, round((s.centre + s.half) * 100, 6) as high, coalesce(s.missing, []) as missing,
    coalesce(s.missing_names, []) as missing_names, coalesce(s.fact_ids, []) as fact_ids,
    coalesce(s.is_derived, false) as is_derived, coalesce(s.is_approximate, false) as is_approximate, s.segment,
    s.state, s.base, case when s.state in ('up', 'down', 'flat') then s.value - s.base end as change,
    case when m.unit_zh = '%' then '个百分点' else m.unit_zh end as change_unit
from stated s
join who w using (agency_id)
join wanted m using (metric_id)
left join reports r on r.agency_id = s.agency_id and r.metric_id = s.metric_id and r.year = s.year and r.lag = 0
left join metric_denominator d on d.metric_id = s.metric_id and d.edition_id = r.edition_id
where s.year >= $first_year
order by w.place, m.place, s.year;
