-- the verdicts on the relations between reports, whose lines are in -> year_verdict
insert into year_verdict
select * from line_verdict order by document_id, line_id;
