-- one row a finding in the reports that stand for $agency and a cell that it names: whose report of which year the
-- cell stands in, its indicator, group and item (null where it has none), whether or not there is a fact for it
select n.finding_id, h.name as agency, s.year, i.code as indicator, g.code as "group", t.name as item
from finding n
join document d using (document_id)
join agency a using (agency_id)
join finding_cell c using (finding_id)
join document s on s.document_id = c.document_id
join agency h on h.agency_id = s.agency_id
join indicator i using (indicator_id)
join applicant_group g using (group_id)
left join item t using (item_id)
where a.name = $agency and d.speaks
order by n.finding_id, c.rowid;
