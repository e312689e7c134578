-- one row an agency that the codebook lists for $region and whose report of $year is not in the database
-- (state no_report) or in as an excerpt only (excerpt), with the years it has a report for
select
    a.name as agency, a.code as agency_code, a.function,
    case when d.document_id is null then 'no_report' else 'excerpt' end as state,
    d.file, d.address,
    coalesce(list(o.year order by o.year) filter (where o.year is not null), []) as years
from agency a
left join document d on d.agency_id = a.agency_id and d.year = $year and d.speaks
left join document o on o.agency_id = a.agency_id and o.speaks
where a.region = $region and (d.document_id is null or not d.is_complete)
group by a.agency_id, a.name, a.code, a.function, d.document_id, d.file, d.address
order by d.document_id is not null, a.agency_id;
