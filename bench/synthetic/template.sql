-- one row a place that original reports of the shipped database fill, by edition: how often it is filled,
-- with nothing and with zero, and how large the numbers are. A place of the form stands in every report.
create temporary table template as
with report as (
    select document_id, edition_id from shipped.document where kind = 'original'
),
reports as (
    select edition_id, count(*) as reports from report group by edition_id
),
place as (
    select
        r.edition_id, f.indicator_id, f.group_id, f.answer_group_id, f.item_id, f.source,
        count(distinct f.document_id) / any_value(n.reports) as filled,
        avg((f.value is null)::integer) as empty,
        coalesce(avg((f.value = 0)::integer), 0) as zero,
        coalesce(mode(f.status) filter (where f.value is null), 'blank') as empty_status,
        cast(coalesce(max(f.value), 0) as bigint) as largest,
        any_value(e.locator) as locator
    from shipped.fact f
    join report r using (document_id)
    join reports n using (edition_id)
    join shipped.evidence e using (fact_id)
    where f.disagrees = false
    group by all
)
select
    * replace (case when source = 'table' then 1 else filled end as filled),
    source = 'table' or count(*) filter (where source = 'table') over same = 0 as is_answer,
    cast(row_number() over (
        partition by edition_id
        order by indicator_id, answer_group_id, item_id, source desc, group_id
    ) as integer) as place
from place
where source <> 'table' or filled > 0.5
window same as (partition by edition_id, indicator_id, answer_group_id, item_id);
