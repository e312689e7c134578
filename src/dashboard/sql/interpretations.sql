-- one row a year and agency of the kind, type and level of $agency, itself included (is_own), that has a report:
-- normative documents issued, interpretations published, documents interpreted; null where no number is told
with own as (
    select * from agency where name = $agency
),
peers as (
    select a.agency_id, a.agency_id = o.agency_id as is_own
    from agency a
    join own o
        on a.agency_id = o.agency_id
            or (a.kind = o.kind and a.type = o.type and a.level = o.level)
),
told as (
    select a.document_id, i.code, a.value
    from answer a
    join indicator i using (indicator_id)
    where i.code in (
        'proactive.normdocs.issued', 'proactive.normdocs.made', 'interp.articles', 'interp.policies_covered'
    )
)
select
    d.year, p.is_own,
    max(f.value) filter (where f.code in ('proactive.normdocs.issued', 'proactive.normdocs.made')) as documents,
    max(f.value) filter (where f.code = 'interp.articles') as articles,
    max(f.value) filter (where f.code = 'interp.policies_covered') as covered
from peers p
join document d on d.agency_id = p.agency_id and d.speaks
left join told f on f.document_id = d.document_id
group by d.year, p.agency_id, p.is_own
order by d.year, p.is_own desc, p.agency_id;
