-- one row a metric and agency of the table `rate` (the rows of metric.sql) that the table `alike` (those of
-- alike.sql) has, in the columns of peers.sql and those of the rate. value is null where a rate rests on too few
-- cases to be shown. is_comparable is false where a change of form lies between the two reports and breaks the
-- series.
with told as (
    select r.*, a.agency_code, a.is_own, a.form_year, o.form_year as own_form_year, row_number() over () as place
    from rate r
    join alike a using (agency)
    cross join (select form_year from alike where is_own) o
)
select
    t.metric as indicator, t.name_zh, t.unit_zh, t.agency, t.agency_code, t.is_own,
    case when t.is_shown then t.value end as value, t.status,
    not exists (
        select 1
        from metric_break b
        join metric m using (metric_id)
        where m.code = t.metric and b.agency_id = 0
            and b.first_year > least(t.form_year, t.own_form_year)
            and b.first_year <= greatest(t.form_year, t.own_form_year)
    ) as is_comparable,
    t.n, null::integer as fact_id, t.fact_ids as part_ids, null::varchar as raw, t.numerator, t.denominator,
    t.denominator_zh, t.missing_names
from told t
order by t.place;
