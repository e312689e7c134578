-- one row a relation of ledgers.toml that fails between two reports, in the order of the rules: what is told, what
-- follows, whether the difference is so large and unexplained as to be an error; the cells as the message names
-- them, the facts of both reports
with failed as (
    select v.*, unnest(v.cells) as cell
    from year_verdict v
    where v.verdict = 'differs'
),
large as (
    select f.line_id, f.document_id
    from (select distinct line_id, document_id, told, expected, error_share, explained_by from failed) f
    join section s using (document_id)
    where abs(f.told - f.expected) > f.error_share * f.expected
    group by f.line_id, f.document_id
    having not bool_or(regexp_matches(s.text, f.explained_by))
)
select
    f.rule, f.stem, f.document_id, f.kind,
    case when l.line_id is null then f.severity else 'error' end as severity,
    g.name_zh as group_label, f.told, f.expected,
    list(
        struct_pack(
            code := i.code, "value" := f.cell.value, status := f.cell.status, is_before := f.cell.is_before,
            factor := f.cell.factor
        )
        order by f.cell.place
    ) as cells,
    flatten(list(f.cell.fact_ids order by f.cell.place)) as fact_ids
from failed f
join indicator i on i.indicator_id = f.cell.indicator_id
join applicant_group g on g.group_id = f.group_id
left join large l on l.line_id = f.line_id and l.document_id = f.document_id
group by f.line_id, f.document_id, f.rule, f.stem, f.kind, f.severity, l.line_id, g.name_zh, f.told, f.expected
order by f.document_id, f.line_id;
