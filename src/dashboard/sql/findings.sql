-- one row a finding in the reports that stand for $agency (of $year, or of every year where null)
select
    n.finding_id, d.year, e.code as edition, n.rule, n.severity, n.message,
    count(c.indicator_id) as cells, list(f.fact_id order by c.rowid, f.fact_id) filter (where f.fact_id is not null) as fact_ids
from finding n
join document d using (document_id)
join edition e using (edition_id)
join agency a using (agency_id)
left join finding_cell c using (finding_id)
left join fact_by_agency f
    on f.document_id = c.document_id and f.indicator_id = c.indicator_id and f.group_id = c.group_id
        and f.item_id = c.item_id
where a.name = $agency and d.speaks and ($year is null or d.year = $year)
group by n.finding_id, d.year, d.edition_id, e.code, n.rule, n.severity, n.message
order by d.year desc, case n.severity when 'error' then 1 when 'warning' then 2 else 3 end, n.finding_id;
