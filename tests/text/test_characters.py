from collections.abc import Callable, Sequence

import pytest

from zhibiao.alignment import AlignedText, Edit
from zhibiao.text import characters

Step = Callable[[str], Sequence[Edit]]


@pytest.mark.parametrize(
    ("step", "text", "expected"),
    [
        (characters.mend_line_breaks, "总\r\n结\r报\u2028告\n", "总\n结\n报\n告\n"),
        (characters.drop_invisible, "\ufeff高\u200b新\u00ad技\x01术", "高新技术"),
        (characters.drop_invisible, "一\t二\n三\f四", "一\t二\n三\f四"),
        (characters.resolve_entities, "R&amp;D&nbsp;投入&#12288;&ldquo;双&rdquo;", "R&D\xa0投入\u3000“双”"),
        (characters.resolve_entities, "&amp;amp;nbsp;专利&amp;bull;周", "\xa0专利•周"),
        (characters.resolve_entities, "R&D; AT&T; &unknown; &#0;", "R&D; AT&T; &unknown; &#0;"),
        (characters.resolve_entities, "&nbsp高企&nbsp ", "\xa0高企\xa0 "),
        (characters.drop_tags, "<p class='a'>总结</p><b>12</b>家<br/>", "总结\n12家\n"),
        (characters.drop_tags, "1<2>0 <未完> a<b", "1<2>0 <未完> a<b"),
        (characters.plain_spaces, "\u3000\u3000一\u00a0二\t三", "  一 二\t三"),
        (characters.narrow_width, "１２３．５％的Ｒ＆Ｄ，占比％", "123.5%的R＆D，占比％"),
        (characters.unify_ideographs, "⼯作，⺠族，㈠，①", "工作，民族，㈠，①"),
        (characters.drop_pinyin, "負(fù)責(zé)人，強（qiáng）國", "負責人，強國"),
        (characters.drop_pinyin, "盱眙(xū yí)县，(fù)责，PCT(kg)，人(ren)", "盱眙(xū yí)县，(fù)责，PCT(kg)，人(ren)"),
    ],
)
def test_step_mends_what_it_names_and_nothing_else(step: Step, text: str, expected: str) -> None:
    assert AlignedText.from_source(text).edited(step(text)).text == expected
