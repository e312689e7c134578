-- what district_sum.sql makes of the rows of district_cells.sql, but for the reasons
select indicator, "group", sum(value) as value, count(value) as numbers
from ({rows}) part
group by indicator, "group";
