"""公开渠道: the accounts and their verdicts."""

from .driving import DINGHAI, open_page, tables


def test_accounts_of_2020_with_their_verdicts(served):
    at = open_page("channels", opened=True, agency=DINGHAI, year=2020)
    posts = {
        str(row[0]): (int(row[1]), row[-1])
        for table in tables(at)
        if "定海社会组织" in table.iloc[:, 0].tolist() and len(table.columns) > 3
        for row in table.itertuples(index=False)
    }
    assert posts == {
        "定海社会组织": (221, "平均达标"),
        "定海民政": (31, "无法判定"),
        "定海区第三社会福利院": (8, "必有断更"),
    }
