-- the findings in the reports that speak, with their facts -> agency_finding
insert into agency_finding
select * from told_finding order by agency_id, year, finding_id;
