-- one row an agency and year, but for one report in twenty, which is missing
insert into document
select
    cast((agency_id - 1) * 18 + year - 2007 as integer), agency_id, year, edition_id, 'original', true, true,
    'https://example.org/' || agency_id || '/' || year, agency_id || '/' || year || '.html', md5(agency_id || '/' || year), '2026-01-01'
from agency
cross join (select cast(unnest(range(2008, 2026)) as integer) as year)
join edition on year between first_year and coalesce(last_year, 2025)
where hash(agency_id, year) % 20 > 0
order by agency_id, year;
