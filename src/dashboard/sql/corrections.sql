-- one row a correction of a figure of $agency: the cell, what was published, what it is corrected to, why, by whom
select
    f.year, i.code as indicator, i.name_zh, i.unit_zh, g.code as "group", t.name as item, c.was, c.value, c.reason,
    c.made_by as "by", c.made_on as "on", c.fact_id
from correction c
join fact_by_agency f using (fact_id)
join agency a using (agency_id)
join indicator i using (indicator_id)
join applicant_group g on g.group_id = f.group_id
join item t on t.item_id = f.item_id
where a.name = $agency
order by f.year, i.indicator_id, f.group_id, f.item_id, c.fact_id;
