-- one row an agency that the codebook lists for $region
select name as agency, code as agency_code, level, type, function, kind
from agency
where region = $region
order by agency_id;
