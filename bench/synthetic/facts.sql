-- one row a place that a report of the agencies from $first to $last fills, with what is printed there;
-- a repeat in the sentences says the same as the table
create or replace temporary table chunk as
with filled as (
    select d.document_id, d.agency_id, d.year, t.*, hash(d.document_id, t.indicator_id, t.answer_group_id, t.item_id) as drawn
    from document d
    join template t using (edition_id)
    where d.agency_id between $first and $last
        and hash(d.document_id, t.place) % 1000 < t.filled * 1000
)
select
    cast((document_id - 1) * $places + place as integer) as fact_id, indicator_id, group_id, answer_group_id, item_id,
    year, agency_id, document_id, source, place as ordinal,
    case
        when drawn % 1000 < empty * 1000 then null
        when drawn % 1000 < (empty + zero) * 1000 then 0
        else 1 + (drawn >> 20) % greatest(largest, 1)
    end as value,
    case when drawn % 1000 < empty * 1000 then empty_status else 'reported' end as status,
    is_answer, false as disagrees, locator
from filled
order by agency_id, year, indicator_id, answer_group_id, item_id, document_id, source, ordinal;
insert into fact_by_agency
select * exclude (locator), coalesce(cast(cast(value as bigint) as varchar), '') as raw, null as unit
from chunk;
insert into evidence
select fact_id, coalesce(cast(cast(value as bigint) as varchar), ''), null, 'row | cell', locator
from chunk
order by fact_id;
