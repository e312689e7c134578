-- one row an agency and year (all where $agency, $year are null) whose report is in the current database and not in
-- the one before (new_report), or the other way round (gone_report)
with now as (
    select a.name as agency, d.year, d.file
    from document d
    join agency a using (agency_id)
    where d.speaks
),
before as (
    select a.name as agency, d.year, d.file
    from earlier.document d
    join earlier.agency a using (agency_id)
    where d.speaks
)
select
    case when b.agency is null then 'new_report' else 'gone_report' end as change, agency, year,
    coalesce(n.file, b.file) as message
from now n
full join before b using (agency, year)
where (n.agency is null or b.agency is null) and ($agency is null or agency = $agency)
    and ($year is null or year = $year)
order by agency, year;
