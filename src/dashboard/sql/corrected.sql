-- The figures as corrected: these views stand in the place of the tables, so that every query answers with the
-- corrections of corrections.toml, with what the checks find then and with the
-- totals and verdicts that follow. {published} is the database.
create temporary view fact as
select
    f.fact_id, f.indicator_id, f.group_id, f.answer_group_id, f.item_id, f.year, f.agency_id, f.document_id,
    f.source, f.ordinal, case when c.fact_id is null then f.value else c.value end as value,
    case when c.fact_id is null then f.status else 'reported' end as status, f.is_answer, f.disagrees
from {published}.main.fact f
left join {published}.main.correction c using (fact_id);

create temporary view fact_by_agency as
select
    f.fact_id, f.indicator_id, f.group_id, f.answer_group_id, f.item_id, f.year, f.agency_id, f.document_id,
    f.source, f.ordinal, case when c.fact_id is null then f.value else c.value end as value,
    case when c.fact_id is null then f.status else 'reported' end as status, f.is_answer, f.disagrees, f.raw,
    f.unit
from {published}.main.fact_by_agency f
left join {published}.main.correction c using (fact_id);

create temporary view finding as select * from {published}.main.corrected_finding;

create temporary view finding_cell as select rowid, * from {published}.main.corrected_finding_cell;

create temporary view agency_finding as select * from {published}.main.corrected_agency_finding;

create temporary view derived_answer as select * from {published}.main.corrected_derived_answer;

create temporary view year_verdict as select * from {published}.main.corrected_year_verdict;
