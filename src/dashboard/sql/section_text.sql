-- one row a numbered section of the report that stands for $agency and $year; none for figures files;
-- text outside the sections ('') is left to the checks
select s.section, s.text
from section s
join document d using (document_id)
join agency a using (agency_id)
where a.name = $agency and d.year = $year and d.speaks and s.section <> ''
order by strpos('一二三四五六七八九', s.section);
