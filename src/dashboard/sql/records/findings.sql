-- one row a finding of $document and cell it names (one row with nulls where it names none)
select n.finding_id, n.rule, n.severity, n.message, i.code, g.code, t.name, c.value, c.status
from finding n
left join finding_cell c using (finding_id)
left join indicator i using (indicator_id)
left join applicant_group g using (group_id)
left join item t using (item_id)
where n.document_id = $document
order by n.finding_id, c.rowid;
