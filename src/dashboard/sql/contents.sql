-- one row a version that a database was built from, by which two databases have the same contents or not
select name, value from meta order by name, value;
