-- one row a stock that $agency has reported and a year from $first_year to $last_year: what the report before
-- left (opening), what was added and removed since, what that makes (expected), what the report tells, and
-- verdict: matches, differs or unknown with reason. Of pending cases the total of the year may be more (kind
-- at_least). Reports whose form does not ask for the stock have no row
with spoken as (
    select d.*
    from document d
    join agency a using (agency_id)
    where a.name = $agency and d.speaks
),
lines as (
    select v.*
    from year_verdict v
    join spoken d using (document_id)
    where v.is_ledger and v.told_status <> 'not_asked'
),
cells as (
    select line_id, document_id, unnest(cells) as cell from lines
),
sides as (
    select
        line_id, document_id,
        max(cell."value") filter (where cell.place = 1) as opening,
        sum(cell."value") filter (where cell.place > 1 and cell.factor > 0) as added,
        sum(cell."value") filter (where cell.factor < 0) as removed
    from cells
    group by line_id, document_id
),
stocks as (
    select distinct l.line_id, l.kind, i.indicator_id, i.code, i.name_zh, i.unit_zh
    from lines l
    join year_term t on t.line_id = l.line_id and t.place = 0
    join indicator i on i.indicator_id = t.indicator_id
),
years as (
    select unnest(range($first_year, $last_year + 1)) as year
)
select
    t.code as stock, t.name_zh, t.unit_zh, y.year, t.kind, s.opening, s.added, s.removed, l.expected, l.told,
    case when l.verdict = 'differs' or l.kind = 'equal' then l.told - l.expected end as difference,
    coalesce(l.verdict, 'unknown') as verdict, case when d.document_id is null then 'no_report' else l.reason end as reason,
    case when d.document_id is null then y.year else l.reason_year end as reason_year,
    l.rule, l.severity, coalesce(l.fact_ids, []) as fact_ids
from stocks t
cross join years y
left join spoken d on d.year = y.year
left join lines l on l.line_id = t.line_id and l.document_id = d.document_id
left join sides s on s.line_id = l.line_id and s.document_id = l.document_id
where d.document_id is null or l.line_id is not null
order by t.line_id, y.year;
