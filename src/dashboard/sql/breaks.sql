-- one row a break of any of $indicators that holds for $agency, the years from first_year on apart
select distinct i.code as indicator, b.last_year, b.first_year, b.label_zh, b.reason_zh, b.reason_en
from series_break b
join indicator i using (indicator_id)
where list_contains($indicators, i.code)
    and b.agency_id in (0, (select agency_id from agency where name = $agency))
order by i.code, b.first_year;
