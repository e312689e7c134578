-- one row an agency that has a report in the database
select
    a.name, a.code, a.level, a.type, a.function, a.region, a.kind,
    count(distinct d.year) as reports, min(d.year) as first_year, max(d.year) as last_year
from agency a
join document d using (agency_id)
group by all
order by a.kind desc, count(distinct d.year) desc, min(a.agency_id);
