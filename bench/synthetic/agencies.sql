-- one row an agency: forty to a district, functions and levels as they come; their numbers are their names
insert into agency by name
select
    cast(range as integer) as agency_id, 'agency ' || range as name,
    ['county', 'county', 'county', 'city', 'province'][cast(1 + hash(range) % 5 as bigint)] as level,
    'department' as type, 'function ' || range % 40 % 25 as function, 'region ' || (range - 1) // 40 as region,
    'synthetic' as kind
from range(1, $agencies + 1);
