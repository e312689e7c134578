-- one line of ledgers.toml
insert into year_line
select
    $line_id, $rule, $kind, $severity, $stem,
    (select group_id from applicant_group where code is not distinct from $group), $year, $is_ledger,
    $error_share, $explained_by;
