-- one row an agency of $region and family of checks, for the reports of $year: the worst that was found, and
-- how often each severity was. A family is what the ids of rules begin with (identities.toml): T2 to T4 for
-- the tables, B and A for the sheets of older forms, N for what the text says; R is the reading itself. state
-- is no_report without a report, not_tested where the report has nothing that the family could test, met
-- where nothing was found.
with member as (
    select a.agency_id, a.name, a.code, d.document_id, d.edition_id, d.kind
    from agency a
    left join document d on d.agency_id = a.agency_id and d.year = $year and d.speaks
    where a.region = $region
),
found as (
    select
        n.document_id, split_part(n.rule, '-', 1) as family,
        count(*) filter (where n.severity = 'error') as errors,
        count(*) filter (where n.severity = 'warning') as warnings,
        count(*) filter (where n.severity = 'info') as notes
    from finding n
    join member m using (document_id)
    group by n.document_id, split_part(n.rule, '-', 1)
),
tested as (
    select m.document_id, r.family
    from member m
    join fact_by_agency f using (document_id)
    join rule_cell r on r.edition_id = m.edition_id and r.indicator_id = f.indicator_id
    where f.source = 'table' or r.family = 'N'
    union
    select document_id, unnest(['N', 'R']) as family from member where kind = 'original'
),
family as (
    select family from rule_cell
    union
    select 'R' as family
    union
    select family from found
)
select
    m.name as agency, m.code as agency_code, c.family,
    case
        when m.document_id is null then 'no_report'
        when n.errors > 0 then 'error'
        when n.warnings > 0 then 'warning'
        when n.notes > 0 then 'info'
        when t.family is not null then 'met'
        else 'not_tested'
    end as state,
    coalesce(n.errors, 0) as errors, coalesce(n.warnings, 0) as warnings, coalesce(n.notes, 0) as notes
from member m
cross join family c
left join found n on n.document_id = m.document_id and n.family = c.family
left join tested t on t.document_id = m.document_id and t.family = c.family
order by m.agency_id, c.family;
