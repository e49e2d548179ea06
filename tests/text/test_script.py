import pytest

from zhibiao.alignment import AlignedText
from zhibiao.text.script import simplify


def simplified(text: str) -> str:
    return AlignedText.from_source(text).edited(simplify(text)).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市科技局工作總結", "市科技局工作总结"),
        ("圍繞“兩加一推”，責任\n科技", "围绕“两加一推”，责任\n科技"),
        # A simplified text keeps what t2s would harm, and the form of a name.
        ("乾县科技局藉此机会，黃某、龔某参加", "乾县科技局藉此机会，黃某、龔某参加"),
        # A traditional frame around a simplified report, and the other way round.
        (
            "版權說明：本文檔由用戶提供\n" + "乾县认真总结经验，责任落实。\n" * 9,
            "版权说明：本文档由用户提供\n" + "乾县认真总结经验，责任落实。\n" * 9,
        ),
        (
            "縣科技局認真總結經驗，責任落實。\n" * 9 + "乾县说明：认证",
            "县科技局认真总结经验，责任落实。\n" * 9 + "乾县说明：认证",
        ),
        ("總\ud800結", "总\ud800结"),
    ],
)
def test_only_traditional_lines_are_converted(text: str, expected: str) -> None:
    assert simplified(text) == expected


def test_conversion_is_one_character_by_one() -> None:
    text = "發展戰略，後臺軟件與網絡，乾坤，鴮"
    assert all(edit.end - edit.start == len(edit.text) == 1 for edit in simplify(text))
    assert simplified(text)[-1] == "鴮"
