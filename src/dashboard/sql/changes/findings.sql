-- one row a finding in the reports that stand for their year that is new since the database before, or closed:
-- no longer found; of $agency and $year, or all where they are null
with now as (
    select a.name as agency, d.year, n.rule, n.severity, n.message
    from finding n
    join document d using (document_id)
    join agency a using (agency_id)
    where d.speaks
),
before as (
    select a.name as agency, d.year, n.rule, n.severity, n.message
    from earlier.finding n
    join earlier.document d using (document_id)
    join earlier.agency a using (agency_id)
    where d.speaks
),
apart as (
    select 'new_finding' as change, * from (select * from now except select * from before)
    union all
    select 'closed_finding' as change, * from (select * from before except select * from now)
)
select change, agency, year, rule, severity, message
from apart
where ($agency is null or agency = $agency) and ($year is null or year = $year)
order by agency, year, change desc, rule, message;
