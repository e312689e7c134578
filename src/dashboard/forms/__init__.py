"""Facts -> an official form, in every edition and format: the inverse of reading.

`form_of` puts a reading on its form, `written` gives the form's bytes: txt, docx, html and xlsx are the
same bytes for the same form, whenever they are written; pdf is what LibreOffice makes of the docx. Labels,
merged cells and order come from the codebook; nothing is known here of any edition.
"""

from typing import Final

from dashboard.codebook import Codebook
from dashboard.errors import WrongUsage
from dashboard.forms import pdf, text, web, word, workbook
from dashboard.forms.form import Form, form_of
from dashboard.forms.layout import OFFICIAL, Layout
from dashboard.forms.outline import EXAMPLE_MARK, blocks

__all__ = ["EXAMPLE_MARK", "KINDS", "OFFICIAL", "Form", "Layout", "form_of", "written"]

KINDS: Final = ("txt", "docx", "html", "xlsx", "pdf")


def written(form: Form, book: Codebook, kind: str, layout: Layout = OFFICIAL) -> bytes:
    """The form as the bytes of a file of this kind (one of KINDS).

    Raises WrongUsage for another kind, an edition that does not exist, and a PDF without LibreOffice.
    """
    if form.edition not in book.editions:
        raise WrongUsage(f"表式不存在：{form.edition}；可用 {'、'.join(book.editions)}")
    parts = blocks(form, book, layout)
    match kind:
        case "txt":
            return text.written(parts, layout)
        case "html":
            return web.written(parts, form.headline, layout)
        case "xlsx":
            return workbook.written(parts, form, layout)
        case "docx":
            return word.written(parts, form, layout)
        case "pdf":
            return pdf.printed({"form": word.written(parts, form, layout)}, form.day)["form"]
    raise WrongUsage(f"不能写成 {kind}；可用 {'、'.join(KINDS)}")
