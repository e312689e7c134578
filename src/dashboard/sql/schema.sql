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
    name_en varchar not null, unit_zh varchar not null, dimension varchar not null, kind varchar not null,
    additive varchar not null
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

-- one row an indicator that reports tell in sentences, whatever their form asks for
create table prose_indicator (indicator_id integer not null);

-- one row an indicator and break; agency_id 0 is every agency. Years up to last_year do not compare
-- with years from first_year on.
create table series_break (
    indicator_id integer not null, agency_id integer not null, last_year integer not null,
    first_year integer not null, label_zh varchar not null, reason_zh varchar not null
);

-- one row a report that was read; speaks: the one that stands for its agency and year
create table document (
    document_id integer not null, agency_id integer not null, year integer not null, edition_id integer not null,
    kind varchar not null, is_complete boolean not null, speaks boolean not null, address varchar, file varchar,
    sha256 varchar not null, received varchar
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

-- what queries read: one row an agency, year, indicator, group and item
create view answer as
select
    f.fact_id, f.agency_id, f.year, f.indicator_id, f.answer_group_id as group_id, f.item_id, f.document_id,
    f.source, f.value, f.status, f.disagrees
from fact f
where f.is_answer;

-- the parts of the totals that the form prints, as the sum rules of the checks name them
create table sum_part (indicator_id integer not null, part_id integer not null);

-- totals that may be added up from the facts of their parts where the report gives no total itself
create table addition (indicator_id integer not null, part_id integer not null);

-- totals that follow from their parts: blank ones a check derived, and those of `addition` whose
-- parts all have a number. One row a document, indicator and group; fact_ids are the parts
create view derived_total as
select
    c.document_id, c.indicator_id, c.group_id, any_value(c.value) as value,
    coalesce(list(distinct f.fact_id order by f.fact_id) filter (where f.value is not null), []) as fact_ids
from finding_cell c
left join sum_part p on p.indicator_id = c.indicator_id
left join fact f
    on f.document_id = c.document_id and f.indicator_id = p.part_id and f.group_id = c.group_id
        and f.source = 'table'
where c.status = 'derived' and c.value is not null and c.item_id = 0
group by c.document_id, c.indicator_id, c.group_id
union all
select f.document_id, a.indicator_id, 0 as group_id, sum(f.value), list(f.fact_id order by f.fact_id)
from addition a
join fact f on f.indicator_id = a.part_id and f.is_answer
group by f.document_id, a.indicator_id
having count(f.value) = count(*);

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

-- the number that stands for a cell in the report of its agency and year: as told, or where it is blank as it
-- follows from its parts. One row a document, indicator and group; nothing told by item
create view settled as
with told as (
    select document_id, indicator_id, group_id, value, status, fact_id from answer where item_id = 0
),
derived as (
    select r.document_id, r.indicator_id, r.group_id, min(r.value) as value, min(r.fact_ids) as fact_ids
    from derived_total r
    join document d using (document_id)
    where d.speaks
    group by r.document_id, r.indicator_id, r.group_id
)
select
    document_id, indicator_id, group_id, coalesce(t.value, r.value) as value,
    case when t.value is null and r.value is not null then 'derived' else t.status end as status,
    list_concat(
        case when t.fact_id is null then [] else [t.fact_id] end,
        case when t.value is null then coalesce(r.fact_ids, []) else [] end
    ) as fact_ids
from told t
full join derived r using (document_id, indicator_id, group_id);

-- one row a line and report it is for: what the report tells, what follows from the year before, and verdict:
-- matches, differs or unknown, with reason (no_report_before, not_asked, break, blank, …). severity is an
-- error too where the difference is large and the report's text has no word for it. cells are those of the line
-- in their order, fact_ids the facts of all of them
create view year_verdict as
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
        p.line_id, p.document_id, t.place, t.indicator_id, t.group_id, t.is_before, t.factor,
        c.document_id as cell_document_id, s.value, coalesce(s.fact_ids, []) as fact_ids,
        case
            when c.document_id is null then 'no_report_before'
            when s.status = 'dash' then 'blank'
            when s.status is not null then s.status
            when not exists (
                select 1 from edition_cell e where e.edition_id = c.edition_id and e.indicator_id = t.indicator_id
            ) then 'not_asked'
            when c.is_complete then 'not_stated'
            else 'not_entered'
        end as status,
        p.kind <> 'note' and exists (
            select 1
            from series_break k
            where k.indicator_id = t.indicator_id and k.agency_id in (0, p.agency_id)
                and k.last_year < p.year and k.first_year >= p.year
        ) as is_broken
    from paired p
    join year_term t using (line_id)
    left join document c on c.document_id = case when t.is_before then p.before_id else p.document_id end
    left join settled s
        on s.document_id = c.document_id and s.indicator_id = t.indicator_id and s.group_id = t.group_id
),
summed as (
    select
        line_id, document_id,
        max(value) filter (where place = 0) as told,
        sum(factor * value) filter (where place > 0) as expected,
        case
            when bool_or(status = 'no_report_before') then 'no_report_before'
            when bool_or(status = 'not_asked') then 'not_asked'
            when bool_or(is_broken) then 'break'
            else min_by(status, place) filter (where status not in ('reported', 'nil', 'derived'))
        end as reason,
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
    from cells
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
        when u.line_id is not null and s.reason is null and abs(s.told - s.expected) > p.error_share * s.expected then 'error'
        else p.severity
    end as severity,
    s.told, s.told_status, case when s.reason is null then s.expected end as expected, s.reason, s.cells, s.fact_ids,
    case
        when s.reason is not null then 'unknown'
        when s.told = s.expected then 'matches'
        when p.kind = 'at_most' and s.told < s.expected then 'matches'
        when p.kind = 'at_least' and s.told > s.expected then 'matches'
        else 'differs'
    end as verdict
from paired p
join summed s using (line_id, document_id)
left join unexplained u using (line_id, document_id);
