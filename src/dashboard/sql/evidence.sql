-- one row a fact of $fact_ids: what was printed, where, and in which document
select
    f.fact_id, a.name as agency, f.year, i.code as indicator, i.name_zh, i.unit_zh, g.name_zh as group_label, t.name as item,
    f.value, f.status, f.source, e.raw, e.unit, e.quote, e.locator, d.kind, d.file, d.address, d.sha256, d.received
from (select distinct unnest($fact_ids) as fact_id) wanted
join fact_by_agency f using (fact_id)
join evidence e using (fact_id)
join document d using (document_id)
join agency a on a.agency_id = f.agency_id
join indicator i on i.indicator_id = f.indicator_id
join applicant_group g on g.group_id = f.group_id
join item t on t.item_id = f.item_id
order by list_position($fact_ids, f.fact_id);
