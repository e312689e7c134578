-- one row a finding in the reports that stand for $agency (of $year, or of every year where null)
select n.finding_id, n.year, n.edition, n.rule, n.severity, n.message, n.cells, n.fact_ids
from agency_finding n
join agency a using (agency_id)
where a.name = $agency and ($year is null or n.year = $year)
order by n.year desc, case n.severity when 'error' then 1 when 'warning' then 2 else 3 end, n.finding_id;
