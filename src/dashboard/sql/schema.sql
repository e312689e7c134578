-- The published database. Strings live in dimension tables; facts carry integer keys.
-- 0 stands for "none" in group_id, item_id and edition_id.

create table meta (name varchar not null, value varchar not null);

-- one row an agency that any report or the codebook names
create table agency (
    agency_id integer not null, code varchar, name varchar not null, level varchar, type varchar,
    function varchar, region varchar, kind varchar not null
);

-- one row an indicator of the codebook, in its order
create table indicator (
    indicator_id integer not null, code varchar not null, parent varchar, name_zh varchar not null,
    said_zh varchar not null, name_en varchar not null, unit_zh varchar not null, unit_en varchar not null,
    dimension varchar not null, kind varchar not null, additive varchar not null
);

create table applicant_group (group_id integer not null, code varchar, name_zh varchar);

create table item (item_id integer not null, name varchar);

create table edition (
    edition_id integer not null, code varchar, first_year integer, last_year integer, name_zh varchar, basis varchar
);

-- one row a cell that an edition's form asks for; optional ones stand in some reports only
create table edition_cell (
    edition_id integer not null, indicator_id integer not null, group_id integer not null, is_optional boolean not null
);

-- one row a form and an indicator that some form asks for, but not this one, and that no sentence tells
create table unasked (edition_id integer not null, indicator_id integer not null);

-- one row an indicator that reports tell in sentences, whatever their form asks for
create table prose_indicator (indicator_id integer not null);

-- one row an indicator and break; agency_id 0 is every agency. Years up to last_year do not compare
-- with years from first_year on.
create table series_break (
    indicator_id integer not null, agency_id integer not null, last_year integer not null,
    first_year integer not null, label_zh varchar not null, reason_zh varchar not null, reason_en varchar not null
);

-- one row a report that was read; speaks: the one that stands for its agency and year. published and signed
-- are ISO dates: the day it was published, and the day beside its signature, where they are known
create table document (
    document_id integer not null, agency_id integer not null, year integer not null, edition_id integer not null,
    kind varchar not null, is_complete boolean not null, speaks boolean not null, address varchar, file varchar,
    sha256 varchar not null, received varchar, published varchar, signed varchar
);

-- one row for each place where a document says something; is_answer marks the one that answers for
-- its agency, year, indicator, group and item, answer_group_id the group it answers for
create table fact (
    fact_id integer not null, indicator_id integer not null, group_id integer not null,
    answer_group_id integer not null, item_id integer not null, year integer not null, agency_id integer not null,
    document_id integer not null, source varchar not null, ordinal integer not null, value decimal(18, 6),
    status varchar not null, is_answer boolean not null, disagrees boolean not null
);

-- one row a fact: what was printed, and where
create table evidence (
    fact_id integer not null, raw varchar not null, unit varchar, quote varchar not null, locator varchar not null
);

-- the facts sorted by agency, with what was printed: what is asked of one agency or a few is read here, what is
-- asked of an indicator in fact
create table fact_by_agency as
select f.*, e.raw, e.unit
from fact f
join evidence e using (fact_id)
with no data;

-- one row a section of an original's text
create table section (document_id integer not null, section varchar not null, text varchar not null);

create table finding (
    finding_id integer not null, document_id integer not null, rule varchar not null, severity varchar not null,
    message varchar not null
);

-- one row a cell that a finding names, with the document it stands in: that of the finding, or another that
-- the finding holds it against; a status of derived carries the value that follows from the parts
create table finding_cell (
    finding_id integer not null, document_id integer not null, indicator_id integer not null,
    group_id integer not null, item_id integer not null, value decimal(18, 6), status varchar not null
);

-- one row a finding in a report that speaks: how many cells it names, and the facts that stand there
create view told_finding as
select
    d.agency_id, n.finding_id, d.year, e.code as edition, n.rule, n.severity, n.message, count(c.indicator_id) as cells,
    list(f.fact_id order by c.rowid, f.fact_id) filter (where f.fact_id is not null) as fact_ids
from finding n
join document d using (document_id)
join edition e using (edition_id)
left join finding_cell c using (finding_id)
left join fact_by_agency f
    on f.document_id = c.document_id and f.indicator_id = c.indicator_id and f.group_id = c.group_id
        and f.item_id = c.item_id
where d.speaks
group by d.agency_id, n.finding_id, d.year, e.code, n.rule, n.severity, n.message;

-- the same rows, kept so that questions need not look the facts up; sorted by agency
create table agency_finding as select * from told_finding with no data;

-- one row an agency, one that is like it (itself is one) and what makes them alike: both are of one kind, level and
-- type, and of one function, or of one district
create view like_agency as
select o.agency_id as of_agency_id, a.agency_id, 'function' as likeness
from agency o
join agency a
    on a.agency_id = o.agency_id
        or (a.kind = o.kind and a.level = o.level and a.type = o.type and a.function = o.function)
union all
select o.agency_id as of_agency_id, a.agency_id, 'district' as likeness
from agency o
join agency a
    on a.agency_id = o.agency_id
        or (a.kind = o.kind and a.level = o.level and a.type = o.type and a.region = o.region);

-- what queries read: one row an agency, year, indicator, group and item
create view answer as
select
    f.fact_id, f.agency_id, f.year, f.indicator_id, f.answer_group_id as group_id, f.item_id, f.document_id,
    f.source, f.value, f.status, f.disagrees
from fact f
where f.is_answer;

-- the same rows with what was printed, for questions about one agency or a few
create view answer_by_agency as
select
    f.fact_id, f.agency_id, f.year, f.indicator_id, f.answer_group_id as group_id, f.item_id, f.document_id,
    f.source, f.value, f.status, f.disagrees, f.raw, f.unit
from fact_by_agency f
where f.is_answer;

-- the parts of the totals that the form prints, as the sum rules of the checks name them
create table sum_part (indicator_id integer not null, part_id integer not null);

-- totals that may be added up from the facts of their parts where the report gives no total itself
create table addition (indicator_id integer not null, part_id integer not null);

-- what the checks can test: one row a family of rules (what their ids begin with), form they are put to
-- and indicator they name
create table rule_cell (family varchar not null, edition_id integer not null, indicator_id integer not null);

-- totals that follow from their parts in the reports that speak: blank ones a check derived, and those of
-- `addition` whose parts all have a number. What is told item by item has no applicant group: the total of an
-- indicator that the form splits by applicant is meant. One row an agency, year, indicator and group; fact_ids are
-- the parts; is_answered: the report has that cell too, with or without a number
create view total_from_parts as
with derived as (
    select
        c.document_id, c.indicator_id, c.group_id, any_value(c.value) as value,
        coalesce(
            list(distinct f.fact_id order by f.fact_id) filter (where f.value is not null),
            list(distinct g.fact_id order by g.fact_id) filter (where g.value is not null), []
        ) as fact_ids
    from finding_cell c
    left join sum_part p on p.indicator_id = c.indicator_id
    left join fact_by_agency f
        on f.document_id = c.document_id and f.indicator_id = p.part_id and f.group_id = c.group_id
            and f.source = 'table'
    -- the total of a row without parts of its own is the sum of its applicants
    left join fact_by_agency g
        on p.part_id is null and g.document_id = c.document_id and g.indicator_id = c.indicator_id
            and g.group_id not in (0, c.group_id) and g.source = 'table'
    where c.status = 'derived' and c.value is not null and c.item_id = 0
    group by c.document_id, c.indicator_id, c.group_id
    union all
    select f.document_id, a.indicator_id, 0 as group_id, sum(f.value), list(f.fact_id order by f.fact_id)
    from addition a
    join fact_by_agency f on f.indicator_id = a.part_id and f.is_answer
    group by f.document_id, a.indicator_id
    having count(f.value) = count(*)
),
merged as (
    select
        r.document_id, r.indicator_id,
        case when i.dimension = 'group' and r.group_id = 0 then t.group_id else r.group_id end as group_id,
        min(r.value) as value, min(r.fact_ids) as fact_ids
    from derived r
    join indicator i using (indicator_id)
    cross join (select group_id from applicant_group where code = 'total') t
    group by all
)
select
    d.agency_id, d.year, m.*,
    exists (
        select 1
        from answer_by_agency a
        where a.document_id = m.document_id and a.indicator_id = m.indicator_id and a.group_id = m.group_id
            and a.item_id = 0
    ) as is_answered
from merged m
join document d using (document_id)
where d.speaks;

-- the same rows, kept so that questions need not work them out again; sorted by document
create table derived_answer as select * from total_from_parts with no data;

-- one row a derived metric of the codebook, in its order. Guards are counts: below shown_from a value is not
-- shown, below enough_from it is marked; below interval_below a rate has an interval. 0: no guard
create table metric (
    metric_id integer not null, code varchar not null, family varchar not null, name_zh varchar not null,
    name_en varchar not null, unit_zh varchar not null, kind varchar not null, denominator_zh varchar,
    scale integer not null, constant integer not null, shown_from integer not null, enough_from integer not null,
    interval_below integer not null, note_zh varchar not null, basis varchar not null
);

-- one row a metric and edition of the form that calls its denominator otherwise than metric.denominator_zh
create table metric_denominator (metric_id integer not null, edition_id integer not null, name_zh varchar not null);

-- one row an input that metrics need and no report has
create table metric_input (code varchar not null, name_zh varchar not null, reason_zh varchar not null);

-- one row an indicator (or input) of a metric's terms on an edition of the form. place: the term's place on its
-- side; choice: 1 the whole, 2 its parts; lag: years before; code: of the indicator or the input
create table metric_term (
    metric_id integer not null, edition_id integer not null, side varchar not null, place integer not null,
    choice integer not null, lag integer not null, indicator_id integer, group_id integer not null,
    code varchar not null, sign integer not null, is_asked boolean not null, may_lack boolean not null,
    may_lack_all boolean not null
);

-- one row a metric and break; agency_id 0 is every agency
create table metric_break (
    metric_id integer not null, agency_id integer not null, last_year integer not null,
    first_year integer not null, label_zh varchar not null, reason_zh varchar not null, reason_en varchar not null
);

-- answers, and the totals that follow from their parts where the answer has no number or there is none.
-- One row an agency, year, indicator, group and item; fact_ids are the answer's or those of the parts
create view figure as
select
    a.agency_id, a.year, a.document_id, a.indicator_id, a.group_id, a.item_id, coalesce(a.value, t.value) as value,
    case when a.value is null and t.value is not null then 'derived' else a.status end as status,
    case when a.value is null and t.value is not null then t.fact_ids else [a.fact_id] end as fact_ids
from answer_by_agency a
left join derived_answer t
    on t.document_id = a.document_id and t.indicator_id = a.indicator_id and t.group_id = a.group_id
        and a.item_id = 0
union all
select agency_id, year, document_id, indicator_id, group_id, 0, value, 'derived', fact_ids
from derived_answer
where not is_answered;

-- one row a relation between an agency's reports of two years (ledgers.toml), by stem and applicant group:
-- kind is equal, at_most, at_least or note; year, if any, is the only one it is for
create table year_line (
    line_id integer not null, rule varchar not null, kind varchar not null, severity varchar not null,
    stem varchar not null, group_id integer not null, year integer, is_ledger boolean not null,
    error_share decimal(18, 6), explained_by varchar
);

-- the cells of a line: at place 0 the one told by the later report, then those it follows from, each added or
-- taken off (factor), from the later report or from the one of the year before
create table year_term (
    line_id integer not null, place integer not null, indicator_id integer not null, group_id integer not null,
    is_before boolean not null, factor integer not null
);

-- one row a line and report it is for: what the report tells, what follows from the year before, and verdict:
-- matches, differs or unknown, with reason (no_report, not_asked, break, blank, …) and its year. severity is an
-- error too where the difference is large and the report's text has no word for it. cells are those of the line
-- in their order, fact_ids the facts of all of them
create view line_verdict as
with paired as (
    select
        l.line_id, l.rule, l.kind, l.severity, l.stem, l.group_id, l.is_ledger, l.error_share, l.explained_by,
        d.agency_id, d.year, d.document_id, b.document_id as before_id
    from year_line l
    join document d on d.speaks and d.year = coalesce(l.year, d.year)
    left join document b on b.agency_id = d.agency_id and b.year = d.year - 1 and b.speaks
),
cells as (
    select
        p.line_id, p.document_id, p.year as later_year, t.place, t.indicator_id, t.group_id, t.is_before, t.factor,
        c.document_id as cell_document_id, s.value, coalesce(s.fact_ids, []) as fact_ids,
        case
            when c.document_id is null then 'no_report'
            when s.status = 'dash' then 'blank'
            when s.status is not null then s.status
            when not exists (
                select 1 from edition_cell e where e.edition_id = c.edition_id and e.indicator_id = t.indicator_id
            ) then 'not_asked'
            when c.is_complete then 'not_stated'
            else 'not_entered'
        end as status,
        p.year - t.is_before::integer as year,
        p.kind <> 'note' and exists (
            select 1
            from series_break k
            where k.indicator_id = t.indicator_id and k.agency_id in (0, p.agency_id)
                and k.last_year < p.year and k.first_year >= p.year
        ) as is_broken
    from paired p
    join year_term t using (line_id)
    left join document c on c.document_id = case when t.is_before then p.before_id else p.document_id end
    left join figure s
        on s.document_id = c.document_id and s.indicator_id = t.indicator_id and s.group_id = t.group_id
            and s.item_id = 0
),
judged as (
    select
        *,
        case
            when status in ('no_report', 'not_asked') then status
            when is_broken then 'break'
            when status not in ('reported', 'nil', 'derived') then status
        end as reason
    from cells
),
summed as (
    select
        line_id, document_id,
        max(value) filter (where place = 0) as told,
        sum(factor * value) filter (where place > 0) as expected,
        first(
            struct_pack(reason := reason, year := case when reason = 'break' then later_year else year end)
            order by case reason when 'no_report' then 1 when 'not_asked' then 2 when 'break' then 3 else 4 end, place
        ) filter (where reason is not null) as unknown,
        max(status) filter (where place = 0) as told_status,
        list(
            struct_pack(
                place := place, indicator_id := indicator_id, group_id := group_id,
                document_id := cell_document_id, is_before := is_before, factor := factor, "value" := value,
                status := status, fact_ids := fact_ids
            )
            order by place
        ) as cells,
        flatten(list(fact_ids order by place)) as fact_ids
    from judged
    group by line_id, document_id
),
unexplained as (
    select p.line_id, p.document_id
    from paired p
    join section t using (document_id)
    where p.error_share is not null
    group by p.line_id, p.document_id, p.explained_by
    having not bool_or(regexp_matches(t.text, p.explained_by))
)
select
    p.line_id, p.rule, p.kind, p.stem, p.group_id, p.is_ledger, p.agency_id, p.year, p.document_id,
    case
        when u.line_id is not null and s.unknown is null and abs(s.told - s.expected) > p.error_share * s.expected then 'error'
        else p.severity
    end as severity,
    s.told, s.told_status, case when s.unknown is null then s.expected end as expected,
    s.unknown.reason as reason, s.unknown.year as reason_year, s.cells, s.fact_ids,
    case
        when s.unknown is not null then 'unknown'
        when s.told = s.expected then 'matches'
        when p.kind = 'at_most' and s.told < s.expected then 'matches'
        when p.kind = 'at_least' and s.told > s.expected then 'matches'
        else 'differs'
    end as verdict
from paired p
join summed s using (line_id, document_id)
left join unexplained u using (line_id, document_id);

-- the same rows, kept so that a ledger need not test every report; sorted by document
create table year_verdict as select * from line_verdict with no data;

-- one row a figure that is published wrong and has been corrected (corrections.toml); `fact` keeps what was published
create table correction (
    fact_id integer not null, was decimal(18, 6), value decimal(18, 6) not null, reason varchar not null,
    made_by varchar not null, made_on varchar not null
);

-- where there are corrections: all findings as the checks file them on the corrected figures, and all totals and
-- verdicts that follow from these (corrected.sql)
create table corrected_finding (
    finding_id integer not null, document_id integer not null, rule varchar not null, severity varchar not null,
    message varchar not null
);

create table corrected_finding_cell (
    finding_id integer not null, document_id integer not null, indicator_id integer not null,
    group_id integer not null, item_id integer not null, value decimal(18, 6), status varchar not null
);

create table corrected_agency_finding as select * from agency_finding with no data;

create table corrected_derived_answer as select * from derived_answer with no data;

create table corrected_year_verdict as select * from year_verdict with no data;
