"""The words that every way of writing a proof has in common."""

from hsf_cli import numbers
from hsf_cli.populations.words import AttributeWords, words_for
from hsf_cli.report import in_words
from hsf_cli.report.count import MINUTES_IN_AN_HOUR
from hsf_cli.report.proof import Proof, RowProof, Share

MARK = "Fortrolig"
NOTHING = "–"


def title(proof: Proof) -> str:
    """«Bevis for 6 Statistikk»: which chapter is proved."""
    return f"Bevis for {in_words.title(proof.figures)}"


def origin(proof: Proof) -> str:
    """Whose figures are proved, and of which records where that can be asked."""
    about = in_words.origin(proof.figures)
    return f"{about}. {proof.standing}" if proof.standing else about


def warning(proof: Proof) -> str:
    """How a proof is to be kept."""
    if proof.named:
        return f"{MARK}: her står det navn. Slett det når du ikke trenger det lenger."
    return f"{MARK}: her står det hva som er ført om hver enkelt, uten navn."


def figure(row: RowProof, proof: Proof) -> str:
    """The row's figure, with what is printed beside it."""
    beside = in_words.beside(row.line, proof.figures)
    return in_words.figure(row.line) + (f" ({beside})" if beside else "")


def counted(row: RowProof) -> str:
    """«60 familier», or that there are none."""
    return row.kind.counted(len(row.counted)) if row.counted else "ingen"


def share(row: RowProof, share: Share | None) -> str:
    """What a record brings to a sum or a mean: «2,5», «6 på 3 besøk»; nothing in a count."""
    if share is None:
        return ""
    brought = NOTHING if share.amount is None else _amount(row, share)
    if share.per is None:
        return brought
    return f"{brought} på {_several(_divided_by(row), share.per)}"


def calculation(row: RowProof) -> str:
    """How a figure comes of what is added up, where that is divided by something."""
    if row.cell.row.measure.per:
        if not row.divisor:
            return f"Ingen {_divided_by(row).several} er ført, og da er tallet 0."
        divisor = _several(_divided_by(row), row.divisor)
    elif row.cell.row.unit == "årsverk":
        divisor = f"{numbers.written(row.divisor)} timer"
    else:
        return ""
    return f"{numbers.written(row.total)} timer delt på {divisor} er {in_words.figure(row.line)}."


def _amount(row: RowProof, share: Share) -> str:
    assert share.amount is not None
    if row.cell.row.unit == "antall":
        return numbers.written(share.amount)
    return numbers.readable_hours(int(share.amount * MINUTES_IN_AN_HOUR))


def _divided_by(row: RowProof) -> AttributeWords:
    return words_for(row.cell.row.population).attributes[row.cell.row.measure.per]


def _several(words: AttributeWords, number: int) -> str:
    return f"{numbers.written(number)} {words.one if number == 1 else words.several}"
