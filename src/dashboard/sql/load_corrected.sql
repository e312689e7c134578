-- what follows from the figures as corrected (corrected.sql): totals, then the verdicts that rest on them
insert into corrected_derived_answer
select * from total_from_parts order by document_id, indicator_id, group_id;

insert into corrected_year_verdict
select * from line_verdict order by document_id, line_id;
