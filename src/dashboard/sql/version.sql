-- one row a name: package, codebook, data, received
select name, value from meta;
