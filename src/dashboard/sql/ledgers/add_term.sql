-- one cell of a line; of the applicant group only where the indicator is told by group
insert into year_term
select
    $line_id, $place, i.indicator_id,
    case when i.dimension = 'group' then l.group_id else 0 end, $is_before, $factor
from indicator i
join year_line l on l.line_id = $line_id
where i.code = $code;
