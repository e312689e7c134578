-- one row a derived metric, in the codebook's order; lacks and reason_zh name the inputs no report has
select
    m.code as metric, m.family, m.name_zh, m.name_en, m.unit_zh, m.kind, m.denominator_zh, m.note_zh, m.basis,
    m.shown_from, m.enough_from, n.lacks, n.reason_zh
from metric m
left join (
    select t.metric_id, string_agg(distinct i.name_zh, '、') as lacks, string_agg(distinct i.reason_zh, '；') as reason_zh
    from metric_term t
    join metric_input i using (code)
    group by t.metric_id
) n using (metric_id)
order by m.metric_id;
