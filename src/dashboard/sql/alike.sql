-- one row an agency: $agency itself (is_own), and those like it as peers.sql has it, each with the first year of
-- the form that its report of $year is on (null where it has none)
with own as (
    select * from agency where name = $agency
)
select a.name as agency, a.code as agency_code, a.agency_id = o.agency_id as is_own, min(e.first_year) as form_year
from agency a
join own o
    on a.agency_id = o.agency_id
        or (
            a.kind = o.kind and a.level = o.level and a.type = o.type
            and case $likeness when 'function' then a.function = o.function else a.region = o.region end
        )
left join document d on d.agency_id = a.agency_id and d.speaks and d.year = $year
left join edition e using (edition_id)
group by a.agency_id, a.name, a.code, o.agency_id
order by is_own desc, a.agency_id;
