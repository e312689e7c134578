-- The figures as corrected: these views stand in the place of the tables, so that every query answers with the
-- corrections of corrections.toml, and with what the checks find then. {published} is the database.
create temporary view fact as
select
    f.fact_id, f.indicator_id, f.group_id, f.answer_group_id, f.item_id, f.year, f.agency_id, f.document_id,
    f.source, f.ordinal, case when c.fact_id is null then f.value else c.value end as value,
    case when c.fact_id is null then f.status else 'reported' end as status, f.is_answer, f.disagrees
from {published}.main.fact f
left join {published}.main.correction c using (fact_id);

create temporary view finding as select * from {published}.main.corrected_finding;

create temporary view finding_cell as select rowid, * from {published}.main.corrected_finding_cell;

-- as load_totals.sql, on the views above
create temporary view derived_answer as
select
    d.agency_id, d.year, r.document_id, r.indicator_id, r.group_id, r.value, r.fact_ids,
    exists (
        select 1
        from answer a
        where a.document_id = r.document_id and a.indicator_id = r.indicator_id and a.group_id = r.group_id
            and a.item_id = 0
    ) as is_answered
from (
    select
        t.document_id, t.indicator_id,
        case when i.dimension = 'group' and t.group_id = 0 then g.group_id else t.group_id end as group_id,
        min(t.value) as value, min(t.fact_ids) as fact_ids
    from derived_total t
    join indicator i using (indicator_id)
    cross join (select group_id from applicant_group where code = 'total') g
    group by all
) r
join document d using (document_id)
where d.speaks;
