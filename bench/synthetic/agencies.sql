-- one row an agency: forty to a district, functions and levels as they come; their numbers are their names
insert into agency
select
    cast(range as integer), null, 'agency ' || range, level, 'department', 'function ' || range % 40 % 25,
    'region ' || (range - 1) // 40, 'synthetic'
from range(1, $agencies + 1)
cross join lateral (select ['county', 'county', 'county', 'city', 'province'][cast(1 + hash(range) % 5 as bigint)] as level);
