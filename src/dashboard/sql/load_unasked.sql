-- forms and indicators -> unasked: what some form asks for and this one does not, unless sentences tell it anyway
insert into unasked
select e.edition_id, i.indicator_id
from edition e
cross join (select distinct indicator_id from edition_cell) i
where not exists (select 1 from prose_indicator p where p.indicator_id = i.indicator_id)
    and not exists (
        select 1 from edition_cell c where c.edition_id = e.edition_id and c.indicator_id = i.indicator_id
    )
order by e.edition_id, i.indicator_id;
