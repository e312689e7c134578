"""Counts in sentences: what is read, and what is left to a person because it could mean something else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.errors import Refused
from dashboard.extract import prose
from dashboard.extract.prose import prose_facts
from dashboard.extract.sections import sentences
from dashboard.readers import read as transcribe


@pytest.fixture(scope="session")
def tell(book):
    """The facts and findings of one passage of a report's first section."""

    def told(text, year=2020, section="一、总体情况"):
        facts, findings = prose_facts(
            sentences(transcribe(f"{section}\n{text}\n".encode()), book), book, year
        )
        return [(fact.indicator, fact.item or "", fact.value, fact.status) for fact in facts], [
            finding.message for finding in findings
        ]

    return told


def examples(book):
    for kind in ("count", "parallel", "nil"):
        for rule in book.prose[kind]:
            yield from rule.get("examples", ())


def test_every_example_of_the_codebook_gives_exactly_its_facts(book, tell):
    """Beside a pattern stands what it is for; the total without fiscal items follows by itself."""
    seen = list(examples(book))
    assert len(seen) > 15
    for example in seen:
        facts, _ = tell(example["text"], year=example.get("year"))
        told = [[code, item, f"{value:f}"] for code, item, value, status in facts if status != "derived"]
        assert told == example["facts"], example["text"]


def test_every_pattern_of_a_kind_of_its_own_has_an_example(book):
    """A pattern that is more than nouns is shown at work."""
    special = [
        rule for rule in book.prose["count"] if "(?P<item>" in rule.get("pattern", "") and rule.get("subject")
    ]
    for rule in (*special, *book.prose["parallel"], *book.prose["nil"]):
        assert rule.get("examples"), rule["indicator"]


R, A, U = "reported", "approximate", "unquantified"
READ = {
    "公示公告１８条，政务动态２１条。": [
        ("site.notices.posts", "", 18, R),
        ("site.dynamics.posts", "", 21, R),
    ],
    "政务微信公众号发布信息1,204条。": [("channel.wechat.posts", "", 1204, R)],
    "微信公众号发布70余条信息。": [("channel.wechat.posts", "", 70, A)],
    "主动公开政府信息近1000条。": [("proactive.total", "", 1000, A)],
    "主动公开政府信息1.2万条。": [("proactive.total", "", 12000, R)],
    "主动公开政府信息300条以上。": [("proactive.total", "", 300, A)],
    "主动公开政府信息 258 条。": [("proactive.total", "", 258, R)],
    "建议提案多件。": [("proposals", "", None, U)],
    "参加新闻发布会3场。": [("respond.press_conf", "", 3, R)],
    "召开0次新闻发布会。": [("respond.press_conf", "", 0, R)],
    "承办人大代表议案、政协提案共8件。": [("proposals", "", 8, R)],
    "收到公民、法人和其他组织提出的政府信息公开申请4件。": [("req.new", "", 4, R)],
    "全年收到4件依申请公开政府信息申请。": [("req.new", "", 4, R)],
    "本年未收到政府信息公开申请、行政复议。": [("req.new", "", 0, "nil"), ("review.total", "", 0, "nil")],
    "未因政府信息公开申请引发行政复议。": [("review.total", "", 0, "nil")],
    "县长信箱和海山论坛全年没有答复。": [
        ("platform.replies", "县长信箱", 0, "nil"),
        ("platform.replies", "海山论坛", 0, "nil"),
    ],
    "在海山日报等媒体发表稿件10篇。": [("media.total", "", 10, R)],
    "城市低保信息12条。": [("welfare.dibao.basic", "", 12, R)],
    "行政处罚公示3条。": [("site.penalty_license.posts", "", 3, R)],
    "在政府公报发布信息5条。": [("channel.gazette.posts", "", 5, R)],
    "办结政府信息公开申请5件。": [("req.outcome.total", "", 5, R)],
    "共受理政府信息公开申请5件，其中新收4件。": [("req.new", "", 4, R)],
    "微信公众号和微博分别发布信息18条、40条。": [
        ("channel.wechat.posts", "", 18, R),
        ("channel.weibo.posts", "", 40, R),
    ],
    "召开新闻发布会三次。": [("respond.press_conf", "", 3, R)],
    "主动公开政府信息上百条。": [("proactive.total", "", 100, A)],
    "微信公众号阅读量一万二千余次。": [("channel.reads", "", 12000, A)],
    "规范性文件由31件减少为28件。": [("proactive.normdocs.made", "", 28, R)],
    "2020年没有收到公民和法人的政府信息公开申请。": [("req.new", "", 0, "nil")],
    "答复县长信箱12件、海山问政平台3件。": [
        ("platform.replies", "县长信箱", 12, R),
        ("platform.replies", "海山问政平台", 3, R),
    ],
    "城乡低保12条、特困人员供养13条、临时救助14条。": [
        ("welfare.dibao.basic", "", 12, R),
        ("welfare.tekun", "", 13, R),
        ("welfare.temporary", "", 14, R),
    ],
    "公众号“甲县民政”、“甲县慈善”分别发布文章18篇、40篇。": [
        ("channel.account.posts", "甲县民政", 18, R),
        ("channel.account.posts", "甲县慈善", 40, R),
    ],
    "门户网站发布信息281条，微信197条。": [
        ("channel.website.posts", "", 281, R),
        ("channel.wechat.posts", "", 197, R),
    ],
    "2019年主动公开信息100条，2020年主动公开信息150条。": [("proactive.total", "", 150, R)],
    "收到政府信息公开申请5件，比去年增加2件。": [("req.new", "", 5, R)],
}


@pytest.mark.parametrize("text", READ)
def test_a_count_reads_as(tell, text):
    assert tell(text)[0] == READ[text]


#: Passages whose numbers a hasty reader would take for a figure of the year.
NOT_TAKEN = {
    # another year, a part of the year, all years
    "2019年，我局主动公开政府信息100条。": "其他年度",
    "2018年至2020年主动公开政府信息300条。": "其他年度",
    "去年主动公开政府信息100条。": "其他年度",
    "主动公开政府信息比上年增加20条。": "其他年度",
    "上半年公开政务动态15条。": "全年",
    "第三季度公开公示公告6条。": "全年",
    "11月公开政务动态3条。": "全年",
    "每月公开月度总结1条。": "全年",
    "截至2020年底，累计主动公开政府信息1652条。": "累计",
    "网站开通以来，累计主动公开政府信息1652条。": "累计",
    # a list of nouns shares the number
    "政务微博、政务微信公开信息208条。": "共有",
    "微博微信公开信息208条。": "共有",
    "公开低保、特困供养信息30条。": "共有",
    "公开低保、特困、临时救助等信息30条。": "",
    "人大代表议案、政协8件，均为建议提案。": "共有",
    "在海山日报和海山晚报发表稿件10篇。": "未归入",
    # a noun that contains one we know, or is followed by another
    "养老服务机构12个。": "未归入",
    "低保对象2300人。": "未归入",
    "临时救助52人次。": "未归入",
    "微信公众号共2个栏目。": "未归入",
    "门户网站共5条意见。": "未归入",
    "在网上发布信息12条。": "未归入",
    "在工作简报刊发3篇。": "未归入",
    # requests that are not new, or not requests for information
    "受理12件申请救助事项。": "未归入",
    # names and numbers that do not pair off
    "公众号“甲”、“乙”、“丙”，后两个分别发布信息18条、40条。": "未归入",
    "微信公众号3个，微博账号2个，分别是“甲”、“乙”，分别发布信息18条、40条。": "",
    "公众号“甲”、“乙”的粉丝分别为18条、40条。": "未归入",
    # torn digits
    "政务动态1 6条。": "断开",
    "部分公开67，120条政务动态。": "断开",
}


@pytest.mark.parametrize("text", NOT_TAKEN)
def test_a_count_that_could_mean_something_else_is_left_to_a_person(tell, text):
    """No fact of it; a finding says where it stands and why."""
    facts, findings = tell(text)
    assert [fact for fact in facts if not fact[0].endswith(".accounts")] == []
    assert findings
    assert any(NOT_TAKEN[text] in finding for finding in findings)


#: Sentences with a "not" and the words of a request, that say nothing of how many came in.
NO_ZERO = [
    "无逾期未答复的政府信息公开申请。",
    "未收到信访投诉类公开申请。",
    "第一季度未收到政府信息公开申请。",
    "2019年未收到政府信息公开申请。",
    "县长信箱无办理超期件。",
    "海山论坛没有留言未回复。",
]


@pytest.mark.parametrize("text", NO_ZERO)
def test_a_zero_is_stated_by_its_own_words_only(tell, text):
    assert tell(text)[0] == []


@pytest.mark.parametrize(
    "text",
    [
        "根据条例第20条、第35条公开政务动态。",
        "微信公众号在5个工作日内答复。",
        "依据国务院令第711号公开信息。",
        "人大代表建议办复率100%。",
        "出台“惠民30条”。",
        "电话0580-2022条。",
    ],
)
def test_numbers_that_are_no_counts_give_no_fact(tell, text):
    assert tell(text)[0] == []


@pytest.mark.parametrize("digits", [16, 30, 41, 1_000_001])
@pytest.mark.parametrize("multiple", ["", "万"])
def test_a_number_that_no_count_can_be_is_unreadable(tell, digits, multiple):
    facts, _ = tell(f"主动公开政府信息{'9' * digits}{multiple}条。")
    assert facts == [("proactive.total", "", None, "unreadable")]


def test_each_of_a_list_has_the_count_and_an_unknown_name_is_said(tell):
    """A、B各12条: a fact a name; what no pattern knows is a finding, never dropped."""
    facts, findings = tell("低保、海山补贴、临时救助各12条。")
    assert [(code, value) for code, _, value, _ in facts] == [
        ("welfare.dibao.basic", 12),
        ("welfare.temporary", 12),
    ]
    assert findings == ["正文有一处数量“各”所指的海山补贴未归入指标，未取：…低保、海山补贴、临时救助各12条"]


def test_problems_of_section_five_are_not_counted(tell):
    assert tell("政务动态发布15条，数量偏少。", section="五、存在的主要问题及改进情况") == ([], [])


def test_the_total_without_fiscal_items_follows_from_its_own_sentence(tell):
    """115 - 6; not from a fiscal count told elsewhere, and not from an approximate total."""
    derived = ("welfare.only", "", 109, "derived")
    assert derived in tell("发布财政与福利救助信息共115条，其中，财政预决算6条。")[0]
    assert not [
        fact for fact in tell("发布财政与福利救助信息115条。财政预决算6条。")[0] if fact[3] == "derived"
    ]
    assert not [
        fact for fact in tell("发布财政与福利救助信息约115条，其中财政预决算6条。")[0] if fact[3] == "derived"
    ]


def test_a_year_nobody_knows_contradicts_no_year(tell):
    """Without the report's year a dated count is taken: the build waits for the year anyway."""
    assert tell("2019年主动公开政府信息100条。", year=None)[0] == [("proactive.total", "", 100, R)]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.integers(0, 10**9), st.sampled_from(["", "共", "信息", " ", "信息共计"]))
def test_any_number_of_posts_reads_back(tell, number, filler):
    wanted = [("site.dynamics.posts", "", number, R)]
    assert tell(f"今年发布政务动态{filler}{number}条。")[0] == wanted
    assert tell(f"今年发布政务动态{filler}{number:,}条。")[0] == wanted


def test_a_sentence_without_an_end_is_cut_behind_commas_and_nothing_of_it_is_lost(book):
    text = "一、总体情况\n" + "全年收到来信1,234件，" * 500
    told = sentences(transcribe(text.encode()), book)
    assert "".join(sentence.text for sentence in told) == text.partition("\n")[2]
    assert all(len(sentence.text) <= 2000 and sentence.text.endswith("，") for sentence in told)
    assert [text[sentence.start :][: len(sentence.text)] for sentence in told] == [s.text for s in told]


def test_a_long_sentence_without_a_comma_is_left_whole(book):
    text = "一、总体情况\n" + "全年公开信息1,234条" * 300
    assert len(sentences(transcribe(text.encode()), book)) == 1


OTHERWISE = "与前文同一事项的数量不同，或为其中一部分"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("参加新闻发布会19场，", "其中参加市级发布会11场。"),
        ("主动公开政府信息133条，", "所属单位主动公开政府信息1220条。"),
    ],
)
def test_a_figure_told_again_otherwise_is_left_open(tell, first, second):
    facts, findings = tell(first + second)
    assert facts == tell(first)[0]
    assert OTHERWISE in findings[-1]


def test_a_larger_figure_of_the_same_body_contradicts_the_first(tell):
    facts, findings = tell("收到政府信息公开申请8件。收到政府信息公开申请9件。")
    assert facts == tell("收到政府信息公开申请8件。")[0]
    assert findings[-1].endswith("先后为 8、9")


def test_a_figure_told_again_alike_or_more_exactly_is_read_again(tell):
    assert len(tell("收到政府信息公开申请8件。收到政府信息公开申请8件。")[0]) == 2
    values = [value for _, _, value, _ in tell("主动公开政府信息近1000条。主动公开政府信息986条。")[0]]
    assert values == [1000, 986]


def test_what_a_report_tells_often_is_no_contradiction(tell):
    facts, _ = tell("微信公众号粉丝数100人，微博粉丝数200人。")
    assert [fact for fact in facts if fact[0] == "channel.followers"] == [
        ("channel.followers", "", 100, R),
        ("channel.followers", "", 200, R),
    ]


@pytest.mark.parametrize(
    "objects",
    [
        "收费目录、办事指南等信息",
        "收费目录、招生政策、政策解读等群众关心的信息共计",
        "工作动态及各类政务信息",
    ],
)
def test_what_is_listed_as_published_is_not_what_is_counted(tell, objects):
    assert tell(f"通过门户网站公开{objects}86条。")[0] == [("channel.website.posts", "", 86, R)]


def test_channels_in_a_list_are_no_objects(tell):
    facts, findings = tell("发布渠道有网站、微信等平台推送信息30条。")
    assert [fact for fact in facts if fact[0] != "proactive.total"] == []
    assert len(facts) + len(findings) == 1


def test_a_name_goes_on_after_a_part_that_is_left_open(tell):
    facts, _ = tell("门户网站发布信息90条，其中甲乙及丙丁情况、戊己情况30条，法律宣传20条。")
    assert facts[-1] == ("site.column.posts", "法律宣传", 20, R)


def test_a_text_with_more_counts_than_any_report_is_refused(book, monkeypatch):
    """As many as are allowed are read; one more is refused, in one line that says how many that is."""
    monkeypatch.setattr(prose, "MOST_COUNTS", 40)
    for often in (40, 41):
        told = sentences(transcribe(f"一、总体情况\n{'收到12条，' * often}".encode()), book)
        if often == 40:
            assert len(prose_facts(told, book, 2020)[1]) == often
        else:
            with pytest.raises(Refused, match="超过 40 处"):
                prose_facts(told, book, 2020)
