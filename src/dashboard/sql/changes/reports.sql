-- one row an agency and year (all where $agency, $year are null) whose report is in the current database and not in
-- the one before (new_report), the other way round (gone_report), or in both from another document or with
-- another day of publication (changed_report); message is the file that stands for it now, or stood for it
with now as (
    select a.name as agency, d.year, d.kind, d.file, d.sha256, d.published
    from document d
    join agency a using (agency_id)
    where d.speaks
),
before as (
    select a.name as agency, d.year, d.kind, d.file, d.sha256, d.published
    from earlier.document d
    join earlier.agency a using (agency_id)
    where d.speaks
)
select
    case when b.agency is null then 'new_report' when n.agency is null then 'gone_report' else 'changed_report' end as change,
    agency, year, coalesce(n.file, b.file) as message
from now n
full join before b using (agency, year)
where (
    n.agency is null or b.agency is null or n.kind <> b.kind or n.published is distinct from b.published
    or (n.kind = 'original' and n.sha256 <> b.sha256) -- a figures file may hold other reports too
)
    and ($agency is null or agency = $agency) and ($year is null or year = $year)
order by agency, year;
