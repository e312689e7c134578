-- how many facts an agency has on the average, over the years from 2008 to 2025
select sum(filled) * 0.95
from template
join edition using (edition_id)
cross join (select unnest(range(2008, 2026)) as year)
where year between first_year and coalesce(last_year, 2025);
