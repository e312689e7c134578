-- one row: the highest key that a finding has so far, 0 where there is none
select coalesce(max(finding_id), 0) from finding;
