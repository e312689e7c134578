-- one row an indicator and group: the sum over the agencies of $region in $year, and how many gave a number
select i.code as indicator, g.code as "group", sum(a.value) as value, count(a.value) as numbers
from answer_by_agency a
join agency p using (agency_id)
join indicator i using (indicator_id)
join applicant_group g using (group_id)
where p.region = $region and a.year = $year and a.item_id = 0
group by i.code, g.code;
