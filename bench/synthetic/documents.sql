-- one row an agency and year from 2008 to 2025, but for one report in twenty, which is missing
insert into document by name
select
    cast((agency_id - 1) * 18 + year - 2007 as integer) as document_id, agency_id, year, edition_id, 'original' as kind,
    true as is_complete, true as speaks, 'https://example.org/' || agency_id || '/' || year as address,
    agency_id || '/' || year || '.html' as file, md5(agency_id || '/' || year) as sha256, '2026-01-01' as received
from agency
cross join (select cast(unnest(range(2008, 2026)) as integer) as year)
join edition on year between first_year and coalesce(last_year, 2025)
where hash(agency_id, year) % 20 > 0
order by agency_id, year;
