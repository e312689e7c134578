-- one row an agency: $agency itself (is_own), and those like it ($likeness, see like_agency), each with the first
-- year of the form that its report of $year is on (null where it has none)
select a.name as agency, a.code as agency_code, a.agency_id = o.agency_id as is_own, min(e.first_year) as form_year
from agency o
join like_agency k on k.of_agency_id = o.agency_id and k.likeness = $likeness
join agency a on a.agency_id = k.agency_id
left join document d on d.agency_id = a.agency_id and d.speaks and d.year = $year
left join edition e using (edition_id)
where o.name = $agency
group by a.agency_id, a.name, a.code, o.agency_id
order by is_own desc, a.agency_id;
