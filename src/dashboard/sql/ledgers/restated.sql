-- one row a document that speaks for its agency and year and another of the same year that tells cells
-- differently: the other's file, how many cells, the first of them, and the facts of both, pair by pair
with told as (
    select f.*, i.code
    from fact f
    join indicator i using (indicator_id)
    where f.value is not null and not f.disagrees
    qualify row_number() over (
        partition by f.document_id, f.indicator_id, f.answer_group_id, f.item_id order by f.source = 'table' desc, f.ordinal
    ) = 1
)
select
    d.document_id, o.file, count(*) as cells,
    first(n.code order by n.ordinal) as code, first(n.value order by n.ordinal) as value,
    first(b.value order by n.ordinal) as other_value,
    flatten(list([n.fact_id, b.fact_id] order by n.ordinal)) as fact_ids
from document d
join document o on o.agency_id = d.agency_id and o.year = d.year and not o.speaks
join told n on n.document_id = d.document_id
join told b
    on b.document_id = o.document_id and b.indicator_id = n.indicator_id and b.answer_group_id = n.answer_group_id
        and b.item_id = n.item_id and b.value <> n.value
where d.speaks
group by d.document_id, o.document_id, o.file
order by d.document_id, o.document_id;
