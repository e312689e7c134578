"""What the codebook refuses: each fault by its file and place."""

import pytest

from .changing import problems, replace

FAULTS = [
    ("indicators.csv", ("proactive.rules,proactive,", "proactive.rules,no.such,"), "indicators.csv 第 3 行：proactive.rules 的上级 no.such 不存在"),
    ("indicators.csv", ("\nproactive.license,", "\nproactive.rules,"), "indicators.csv：proactive.rules 出现 2 次"),
    ("rows.csv", ("行政许可,行政许可,", "行政许可,,"), "rows.csv 第 4 行：2021 一栏为空，没有该项请写 “-”"),
    ("rows.csv", ("\n3,,req.new,", "\n3,,req.nwe,"), "rows.csv 第 10 行：req.nwe 不在 indicators.csv 中"),
    ("rows.csv", ("\n3,,req.new,", "\n9,,req.new,"), "rows.csv 第 10 行：editions.toml 中没有表 9"),
    ("rows.csv", ("proactive.rules,-,-,规章", "proactive.ruels,-,-,规章"), "rows.csv 第 2 行：proactive.ruels.made 不在 indicators.csv 中"),
    ("columns.csv", ("group,enterprise,", "group,company,"), "columns.csv 第 20 行：company 不在 groups.csv 中"),
    ("columns.csv", ("group,enterprise,", "gruop,enterprise,"), "columns.csv 第 20 行：gives 应为 suffix、group、indicator、row、unit 或 ignored，现为 gruop"),
    ("columns.csv", ("indicator,review.upheld,", "indicator,review.uphled,"), "columns.csv 第 26 行：review.uphled 不在 indicators.csv 中"),
    ("rows.csv", ("\n3,,req.new,", "\n3,,,"), "rows.csv 第 10 行：没有写 code，而表 3 各列要由行给出指标"),
    ("rows.csv", ("\n3,,req.carried_in,", "\n3,,req.new,"), "rows.csv、columns.csv 的 2019：req.new total 出现 2 次"),
    ("rows.csv", ("\nS,,req.ontime,", "\nS,,req.new,"), "rows.csv、columns.csv 的 2014：req.new 出现 2 次"),
    ("rows.csv", (",2008,2014,", ",2008,2104,"), "rows.csv 第 1 行：2104 不是 editions.toml 中的表式"),
    ("columns.csv", (",2008,2014,", ",2008,2104,"), "columns.csv 第 1 行：缺少表式 2014 一列"),
    ("columns.csv", ("\nS,,row,,", "\nS,,ignored,,"), "columns.csv：表 S 在 2014 中应有且只有一列 gives 为 row，现有 0 列"),
    ("columns.csv", ("\nS,,ignored,,-,?备注", "\nS,,row,,-,?备注"), "columns.csv：表 S 在 2014 中应有且只有一列 gives 为 row，现有 2 列"),
    ("columns.csv", ("\nS,,ignored,,-,?备注", "\nS,,unit,,-,?备注"), "columns.csv：表 S 在 2014 中 gives 为 unit 的列多于一列"),
    ("columns.csv", ("\nS,,ignored,,-,?备注", "\nS,,group,total,-,?备注"), "columns.csv：表 S 的 row 列不能与 suffix、group、indicator 列并用"),
    ("columns.csv", ("\nL,,unit,,", "\nL,,unit,req.new,"), "columns.csv 第 47 行：gives 为 unit 的列不写 code，现为 req.new"),
    ("columns.csv", ("amount,-,-,-,本年收费金额（单位：万元）", "amount,-,-,-,-"), "columns.csv：表 2第二十条第（八）项 在 2021 中没有一列给出数字"),
    ("editions.toml", ('heading_fingerprints = ["收费及减免", ', 'heading_fingerprints = ["", '), "editions.toml：第 1 个 [[edition]] 的 heading_fingerprints 应为若干词语"),
    ("editions.toml", ('headings = ["信息内容"]', 'headings = "信息内容"'), "editions.toml：第 1 个 [[table]] 的 headings 应为若干词语"),
    ("identities.toml", ('editions = ["2014"]', 'editions = ["2104"]'), "中 2104 不在 editions.toml 中"),
    ("identities.toml", ('lacking = ["req.via.other"]', ""), "B-01 的 under 和 lacking 应同时写"),
    ("identities.toml", ('over = "warning"', 'over = "mild"'), "over 应为 error、warning 或 info，现为 mild"),
    ("breaks.csv", ("lit.*,,2023", "suit.*,,2023"), "breaks.csv 第 17 行：suit.* 不在 indicators.csv 中"),
    ("breaks.csv", ("lit.*,,2023", "lit.*,,二〇二三"), "breaks.csv 第 17 行：last_year、first_year 应为年份"),
    ("breaks.csv", ("welfare,定海区民政局", "welfare,定海民政局"), "breaks.csv 第 18 行：定海民政局 不在 agencies.csv 中"),
    ("agencies.csv", ("定海区水利局,县", "定海区民政局,县"), "agencies.csv：定海区民政局 出现 2 次"),
    ("identities.toml", ('kind = "balance"', 'kind = "ballance"'), "identities.toml：第 15 条 T3-01 kind 不存在：ballance"),
    ("identities.toml", ('left = ["req.new", ', 'left = ["req.nwe", '), "identities.toml：第 15 条 T3-01 的 req.nwe 不在 indicators.csv 中"),
    ("identities.toml", ('severity = "error"', 'severity = "fatal"'), "severity 应为 error、warning 或 info，现为 fatal"),
    ("identities.toml", ('section = "五"\n', ""), "缺少 section"),
    ("ledgers.toml", ('kind = "equal"', 'kind = "same"'), "ledgers.toml：第 1 条 T3-05 kind 不存在：same"),
    ("ledgers.toml", ('told = "req.carried_in"', 'told = "req.carried"'), "第 1 条 T3-05 的 req.carried 不在 indicators.csv 中"),
    ("ledgers.toml", ('groups = ["total"]', 'groups = ["all"]'), "第 1 条 T3-05 的 groups 中 all 不在 groups.csv 中"),
    ("ledgers.toml", ('before = ["req.carried_out"]\n', ""), "第 1 条 T3-05 缺少 before"),
    ("ledgers.toml", ('severity = "info"', 'severity = "error"'), "第 3 条 T3-12 的 severity 应为 info：跨表式不能判错"),
    ("ledgers.toml", ('"proactive.coercion", "proactive.fees"]', '"proactive.coercion", "proactive.fee"]'), "的 proactive.fee.items_prev 不在 indicators.csv 中"),
    ("ledgers.toml", ("error_share = 0.2\n", ""), "T2-08 的 error_share 和 explained_by 应同时写"),
    ("ledgers.toml", ('"汇总", ', '"汇总(", '), "Y-05 的 scope_words 中 汇总( 不是正则表达式"),
    ("ledgers.toml", ('pending = "尚未审结"\n', ""), "T4-04 的 pending 没有写在 [words] 中"),
    ("ledgers.toml", ('id = "T3-06"', 'id = "T3-05"'), "ledgers.toml：T3-05 出现 2 次"),
    ("ledgers.toml", ("[words]", "[names]"), "ledgers.toml：缺少 [words]"),
    ("prose.toml", ('indicator = "proactive.total"', 'indicator = "proactive.totla"'), "的 proactive.totla 不在 indicators.csv 中"),
    ("prose.toml", ("pattern = '(?:人大|代表)[", "pattern = '(?:人大|代表)("), "的 pattern 不是正则表达式"),
    ("prose.toml", ("plans = '", "plans = '("), "prose.toml：plans 不是正则表达式"),
    ("prose.toml", ('about = "request"', 'about = "reqest"'), "的 about 不在 [subjects] 中：reqest"),
    ("prose.toml", ("[subjects]\nrequest = '", "[subjects]\nrequest = '("), "prose.toml：[subjects] 的 request 不是正则表达式"),
    ("prose.toml", ("zero = '开设", "zero = '(开设"), "的 zero 不是正则表达式"),
    ("prose.toml", ("not_counts = [", "not_counts = ['(', "), "prose.toml：not_counts 第 1 项 不是正则表达式"),
    ("prose.toml", ("fillers = ", "filers = "), "prose.toml：缺少 fillers"),
    ("prose.toml", ("promises = ", "promise = "), "prose.toml：[statements] 缺少 promises"),
    ("editions.toml", ('fingerprints = ["本年新', 'marks = ["本年新'), "editions.toml：第 3 个 [[edition]] 缺少 fingerprints"),
    ("metrics.toml", ('kind = "amount"', 'kind = "amuont"'), "metrics.toml：第 1 个 [[metric]] workload 的 kind 不存在：amuont"),
    ("metrics.toml", ('numerator = ["req.new", "req.carried_in"]', 'numerator = ["req.nwe", "req.carried_in"]'), "第 1 个 [[metric]] workload 的 req.nwe 不在 indicators.csv 或 [[input]] 中"),
    ("metrics.toml", ('numerator = ["req.new", "req.carried_in"]', 'numerator = ["req.new +", "req.carried_in"]'), "workload 的“req.new +”写法不对"),
    ("metrics.toml", ('numerator = ["req.new", "req.carried_in"]', 'numerator = "req.new"'), "workload 的 numerator 应为若干文字"),
    ("metrics.toml", ("req.new[natural_person]", "req.new[nobody]"), "natural_persons 的 nobody 不在 groups.csv 中"),
    ("metrics.toml", ('id = "completed"', 'id = "workload"'), "metrics.toml：workload 出现 2 次"),
    ("metrics.toml", ('id = "completed"', 'id = "req.completed"'), "metrics.toml：req.completed 与 indicators.csv 中的代码相同"),
    ("metrics.toml", ('denominator_zh = "本年新收与上年结转之和"\n', ""), "completion 缺少 denominator_zh：比率须写明分母"),
    ("metrics.toml", ('denominator = ["req.new", "req.carried_in"]\n', ""), "completion 的 kind 为 rate，应有 denominator"),
    ("metrics.toml", ('note_zh = "与办结率之和为 100%"\n', ""), "metrics.toml：第 4 个 [[metric]] 缺少 note_zh"),
    ("metrics.toml", ('denominator_zh = "申请办结数"\n\n[[metric]]\nid = "suit_rate"', '\n[[metric]]\nid = "suit_rate"'), "review_rate 的 [[metric.form]] 换了分母：须以 denominator_zh 写明"),
    ("metrics.toml", ('editions = ["2014"]\nnumerator = ["req.completed"]', 'editions = ["2104"]\nnumerator = ["req.completed"]'), "completed 的 2104 不在 editions.toml 中"),
    ("metrics.toml", ('editions = ["2014"]\nnumerator = ["req.completed"]', 'numerator = ["req.completed"]'), "completed 的第 1 个 [[metric.form]] 应有 editions"),
    ("metrics.toml", ('breaks = ["req.new"]', 'breaks = ["req.nwe"]'), "outcome_group.disclosed 的 breaks 中 req.nwe 不在 indicators.csv 中"),
    ("metrics.toml", ('each = ["proactive.license"', 'each = ["proactive.licence"'), "{part}_change 的 each 中 proactive.licence 不在 indicators.csv 中"),
    ("metrics.toml", ("years = 2\nnum", "years = 3\nnum"), "review_corrected_two_years 的 years 应为 1 或 2，现为 3"),
    ("metrics.toml", ("few_below = 30", 'few_below = "30"'), "metrics.toml：[guard] 的 few_below 应为不小于 0 的整数"),
    ("metrics.toml", ('reason_zh = "年报不载；须另行提供人口数并注明年度和来源"\n', ""), "metrics.toml：第 1 个 [[input]] 缺少 reason_zh"),
    ("groups.csv", ("code,", "kode,"), "groups.csv 第 1 行：缺少列 code"),
    ("groups.csv", ("\ntotal,", "\ntotal,,,"), "groups.csv 第 8 行：列数与表头不符"),
    ("editions.toml", ("[[edition]]", "[[edition"), "editions.toml："),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "problem"), FAULTS, ids=lambda value: str(value)[:40])
def test_a_fault_is_named_with_its_file_and_place(copy, name, change, problem):
    replace(copy, name, change)
    assert any(problem in found for found in problems(copy)), problems(copy)


def test_all_faults_are_listed_at_once(copy):
    replace(copy, "indicators.csv", ("proactive.rules,proactive,", "proactive.rules,no.such,"))
    replace(copy, "rows.csv", ("行政许可,行政许可,", "行政许可,,"))
    replace(copy, "breaks.csv", ("lit.*,,2023", "suit.*,,2023"))
    assert len(problems(copy)) == 3


def test_missing_files_are_listed_at_once(copy):
    (copy / "rows.csv").unlink()
    (copy / "prose.toml").unlink()
    assert problems(copy) == ["rows.csv：缺少此文件", "prose.toml：缺少此文件"]
