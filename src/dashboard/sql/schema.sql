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

-- the same rows sorted by agency: what is asked of one agency or a few is read here, what is asked of
-- an indicator in fact
create table fact_by_agency as select * from fact with no data;

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

-- one row a cell that a finding names; a status of derived carries the value that follows from the parts
create table finding_cell (
    finding_id integer not null, indicator_id integer not null, group_id integer not null, item_id integer not null,
    value decimal(18, 6), status varchar not null
);

-- what queries read: one row an agency, year, indicator, group and item
create view answer as
select
    f.fact_id, f.agency_id, f.year, f.indicator_id, f.answer_group_id as group_id, f.item_id, f.document_id,
    f.source, f.value, f.status, f.disagrees
from fact f
where f.is_answer;

-- the same rows, for questions about one agency or a few
create view answer_by_agency as
select
    f.fact_id, f.agency_id, f.year, f.indicator_id, f.answer_group_id as group_id, f.item_id, f.document_id,
    f.source, f.value, f.status, f.disagrees
from fact_by_agency f
where f.is_answer;

-- the parts of the totals that the form prints, as the sum rules of the checks name them
create table sum_part (indicator_id integer not null, part_id integer not null);

-- totals that may be added up from the facts of their parts where the report gives no total itself
create table addition (indicator_id integer not null, part_id integer not null);

-- what fills derived_total: blank totals a check derived, and those of `addition` whose parts all have
-- a number
create view total_from_parts as
select
    n.document_id, c.indicator_id, c.group_id, any_value(c.value) as value,
    coalesce(list(distinct f.fact_id order by f.fact_id) filter (where f.value is not null), []) as fact_ids
from finding n
join finding_cell c using (finding_id)
left join sum_part p on p.indicator_id = c.indicator_id
left join fact_by_agency f
    on f.document_id = n.document_id and f.indicator_id = p.part_id and f.group_id = c.group_id
        and f.source = 'table'
where c.status = 'derived' and c.value is not null and c.item_id = 0
group by n.document_id, c.indicator_id, c.group_id
union all
select f.document_id, a.indicator_id, 0 as group_id, sum(f.value), list(f.fact_id order by f.fact_id)
from addition a
join fact_by_agency f on f.indicator_id = a.part_id and f.is_answer
group by f.document_id, a.indicator_id
having count(f.value) = count(*);

-- totals that follow from their parts, sorted by document. One row a document, indicator and group;
-- fact_ids are the parts
create table derived_total as select * from total_from_parts with no data;
