-- the years of $agency that have a report, one row each
select distinct d.year
from document d
join agency a using (agency_id)
where a.name = $agency
order by d.year;
