-- one row a relation of ledgers.toml that fails between two reports, in the order of the rules: what is told and what
-- follows, the cells as the message names them, the facts of both reports
with failed as (
    select v.*, unnest(v.cells) as cell
    from year_verdict v
    where v.verdict = 'differs'
)
select
    f.document_id, f.rule, f.kind, f.severity, g.name_zh as group_label, f.told, f.expected,
    list(
        struct_pack(
            code := i.code, "value" := f.cell.value, status := f.cell.status, is_before := f.cell.is_before,
            factor := f.cell.factor
        )
        order by f.cell.place
    ) as cells,
    f.fact_ids
from failed f
join indicator i on i.indicator_id = f.cell.indicator_id
join applicant_group g on g.group_id = f.group_id
group by f.line_id, f.document_id, f.rule, f.kind, f.severity, g.name_zh, f.told, f.expected, f.fact_ids
order by f.document_id, f.line_id;
