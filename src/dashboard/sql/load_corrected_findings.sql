-- the same of the figures as corrected (corrected.sql) -> corrected_agency_finding
insert into corrected_agency_finding
select * from told_finding order by agency_id, year, finding_id;
