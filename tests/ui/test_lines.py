"""Lines of text on a screen."""

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from hsf_cli.ui.lines import width_of


@given(st.text())
@example("Åse – «blåbær» · 1\u00a0632,9 →")
@example("日本 👩‍👧 e\u0301 \x1b[31m \n \xad")
def test_a_text_is_as_wide_as_its_signs(text: str) -> None:
    assert width_of(text) == cell_len(text)
