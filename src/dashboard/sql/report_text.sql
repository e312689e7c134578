-- one row a section of the report that stands for $agency and $year, and one ('') for what stands before the
-- first; none for figures files
select s.section, s.text
from section s
join document d using (document_id)
join agency a using (agency_id)
where a.name = $agency and d.year = $year and d.speaks
order by strpos('一二三四五六七八九', s.section);
