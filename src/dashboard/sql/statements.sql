-- one row a problem or promise told in section 五 of the reports of $agency
select f.fact_id, f.year, i.code as indicator, t.name as topic, e.raw
from fact_by_agency f
join document d using (document_id)
join agency a on a.agency_id = f.agency_id
join indicator i on i.indicator_id = f.indicator_id
join item t on t.item_id = f.item_id
join evidence e using (fact_id)
where a.name = $agency and d.speaks and i.code in ('problems.stated', 'problems.promised')
order by f.year, f.ordinal;
