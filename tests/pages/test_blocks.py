"""What a page prints, block by block, and which of it is new."""

from __future__ import annotations

from report.pages.blocks import printed_blocks, with_changes_marked

PAGE = """\
<html><head><title>Weg</title><style>p { color: red }</style></head><body>
<section id="bridge"><h2>Die  Brücke</h2>
<p>Sie ist\u00ad offen<span class="note" id="note-1">Rat, Nr.&nbsp;7.</span>, sagt <b>man</b>.</p>
<ul><li>Eins<br>und zwei</li><li><p>Drei</p></li></ul>
<p aria-hidden="true">Zweimal</p>
<img src="a.svg" alt="">
<figure><p>Vier</p><figcaption>Bild</figcaption></figure></section>
<section id="paths"><table><tr><th>A</th><td>5</td></tr></table><p> </p></section>
</body></html>
"""


def test_blocks_are_read_in_the_order_in_which_they_stand() -> None:
    """Each by the part it stands in; what is hidden or empty is none, and a note is one."""
    assert printed_blocks(PAGE) == {
        "bridge": [
            "Die Brücke", "Sie ist offen, sagt man.", "Rat, Nr. 7.", "Eins und zwei", "Drei",
            "Vier", "Bild",
        ],
        "paths": ["A", "5"],
    }  # fmt: skip


def test_a_page_that_is_the_same_has_no_marks() -> None:
    """Neither a mark nor a deletion."""
    assert with_changes_marked(PAGE, printed_blocks(PAGE)) == (PAGE, {})


def test_what_is_new_is_marked_and_what_is_gone_is_told() -> None:
    """A changed block is both; a note is marked apart from the paragraph that calls it."""
    now = (
        PAGE.replace("Drei", "Drei!").replace("Nr.&nbsp;7", "Nr.&nbsp;8").replace("<td>5</td>", "")
    )
    marked, gone = with_changes_marked(now, printed_blocks(PAGE))
    assert marked.count("data-changed") == 2
    assert '<p data-changed="">Drei!</p>' in marked
    assert '<span data-changed="" class="note" id="note-1">Rat, Nr.&nbsp;8.' in marked
    assert marked.replace(' data-changed=""', "") == now
    assert gone == {"bridge": ["Rat, Nr. 7.", "Drei"], "paths": ["5"]}


def test_a_block_that_moves_within_its_part_is_not_new() -> None:
    """What stands in another part is; of two that are alike, one more is new."""
    now = "<div id='a'><p>2</p><p>1</p></div><div id='b'><p>1</p><p>3</p><p>3</p></div>"
    marked, gone = with_changes_marked(now, {"a": ["1", "2"], "b": ["3"], "c": ["4"]})
    assert marked == (
        "<div id='a'><p>2</p><p>1</p></div>"
        '<div id=\'b\'><p data-changed="">1</p><p>3</p><p data-changed="">3</p></div>'
    )
    assert gone == {"c": ["4"]}
