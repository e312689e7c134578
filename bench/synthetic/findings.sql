-- one finding a report, with two cells that it names and one blank total that follows from its parts
create temporary table totals as
select distinct edition_id, indicator_id, group_id
from template
join shipped.sum_part using (indicator_id)
where source = 'table';

create temporary table chosen as
select
    d.document_id, t.indicator_id, t.group_id,
    row_number() over (partition by d.document_id order by hash(d.document_id, t.indicator_id, t.group_id)) as place
from document d
join totals t using (edition_id)
qualify place <= 3;

insert into finding by name
select
    document_id as finding_id, document_id, 'T' || hash(document_id) % 30 as rule,
    ['error', 'warning', 'info'][cast(1 + hash(document_id) % 3 as bigint)] as severity,
    'the total is not the sum of its parts' as message
from document
order by document_id;

insert into finding_cell by name
select
    document_id as finding_id, document_id, indicator_id, group_id, 0 as item_id, case when place = 3 then 3 end as value,
    case when place = 3 then 'derived' else 'reported' end as status
from chosen
order by document_id, place;

insert into agency_finding
select * from told_finding order by agency_id, year, finding_id;
