-- one row a break of any of $metrics that holds for $agency, the years from first_year on apart
select distinct m.code as metric, b.last_year, b.first_year, b.label_zh, b.reason_zh, b.reason_en
from metric_break b
join metric m using (metric_id)
where list_contains($metrics, m.code)
    and b.agency_id in (0, (select agency_id from agency where name = $agency))
order by m.code, b.first_year;
