"""Reading PDFs: pictures, and what is refused: damage, encryption, files that ask for much."""

import hashlib
import logging
import resource
import sys
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.arcfour import Arcfour

from dashboard.errors import Refused
from dashboard.limits import Limits
from dashboard.model import Paragraph, Picture

from .pdfs import HEIGHT, PAD, WIDTH, Sheet, assembled, made, paragraphs, read, refusal, stream


class TestPictures:
    def test_a_document_of_pictures_is_refused(self):
        assert refusal(made(Sheet().image(0, 0, WIDTH, HEIGHT))) == (
            "文件只有图片，没有文字层；本产品不含文字识别（OCR），请提供可复制文字的 PDF、Word 或网页"
        )

    def test_page_numbers_on_pictures_are_no_text(self):
        sheets = [Sheet().image(0, 0, WIDTH, 780).text(290, 800, f"- {number} -", 9) for number in (1, 2)]
        assert "只有图片" in refusal(made(*sheets))

    def test_a_document_without_text_and_pictures_is_refused(self):
        assert refusal(made(Sheet().rule(0, 0, 100, 100))).startswith("文件没有文字层")

    def test_a_page_that_is_a_picture_is_marked_among_others(self):
        document = read(
            made(Sheet().lines(100, "甲。"), Sheet().image(50, 50, 500, 700), Sheet().lines(100, "乙。"))
        )
        assert [type(block) for block in document.blocks] == [Paragraph, Picture, Paragraph]

    def test_a_large_picture_among_text_is_marked_at_its_place_and_a_seal_is_not(self):
        sheet = (
            Sheet().lines(100, "甲。").image(88, 150, 508, 400).image(300, 500, 420, 620).lines(650, "乙。")
        )
        assert [type(block) for block in read(made(sheet)).blocks] == [Paragraph, Picture, Paragraph]

    def test_a_picture_in_strips_is_one(self):
        sheet = Sheet().lines(100, "甲。")
        for top in range(150, 400, 50):
            sheet.image(88, top, 508, top + 50)
        assert [type(block) for block in read(made(sheet)).blocks] == [Paragraph, Picture]


class TestRefusals:
    def test_a_file_with_a_password_is_refused(self):
        encrypt = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >> /ID [<00> <00>]"
        assert "已加密" in refusal(made(Sheet().lines(100, "甲"), trailer=encrypt))

    def test_a_file_only_protected_from_changes_is_read(self):
        """Its password for opening is empty."""
        owner = b"\x11" * 32
        key = hashlib.md5(PAD + owner + (-4).to_bytes(4, "little", signed=True) + b"\0").digest()[:5]  # noqa: S324
        user = Arcfour(key).process(PAD)
        encrypt = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}> /U <{user.hex()}> >> /ID [<00> <00>]"
        of_object = hashlib.md5(key + bytes([8, 0, 0, 0, 0])).digest()[:10]  # noqa: S324
        plain = zlib.compress(Sheet().lines(100, "甲乙").operators[0].encode())
        body = Arcfour(of_object).process(plain)
        content = f"<< /Length {len(body)} /Filter /FlateDecode >>\nstream\n".encode() + body + b"\nendstream"
        cid_font = "/W [1 95 500]"
        data = made(Sheet(), contents={0: content}, trailer=encrypt, cid_font=cid_font)
        for name in (b"(Adobe)", b"(GB1)"):  # strings are encrypted too, by the object they stand in
            code = Arcfour(hashlib.md5(key + bytes([4, 0, 0, 0, 0])).digest()[:10]).process(name[1:-1])  # noqa: S324
            data = data.replace(name, f"<{code.hex()}>".encode())
        assert paragraphs(moved(data)) == ["甲乙"]

    def test_more_pages_than_the_limit_are_refused(self):
        data = made(*[Sheet().lines(100, "甲") for _ in range(4)])
        assert "超过 3 页" in refusal(data, Limits(pages=3))
        assert len(read(data, Limits(pages=4)).pages) == 4

    @pytest.mark.parametrize("keep", [0.1, 0.5, 0.9])
    def test_a_file_cut_short_is_refused(self, keep: float):
        data = made(*[Sheet().lines(100, "甲" * 20) for _ in range(3)])
        assert "已损坏" in refusal(data[: int(len(data) * keep)])

    @pytest.mark.parametrize("data", [b"%PDF-1.5\n", b"%PDF-1.5\n" + b"\xff" * 500, b"%PDF-1.7\n%%EOF"])
    def test_a_file_without_content_is_refused(self, data: bytes):
        assert "已损坏" in refusal(data)

    def test_a_page_whose_text_is_missing_is_not_passed_over(self):
        data = made(Sheet().lines(100, "甲"), Sheet().lines(100, "乙"))
        assert "已损坏" in refusal(data.replace(b"/Contents 10 0 R", b"/Contents 99 0 R"))
        assert "已损坏" in refusal(data.replace(b"[7 0 R 9 0 R]", b"[7 0 R 99 0 R]"))
        packed = stream(b"BT /F1 14 Tf 88 700 Td <7532> Tj ET " * 9)
        assert "已损坏" in refusal(made(Sheet(), contents={0: packed.replace(packed[60:70], b"\0" * 10)}))

    def test_a_stream_without_its_checksum_is_read(self):
        body = zlib.compress(Sheet().lines(100, "甲乙").operators[0].encode())[:-4]
        content = f"<< /Length {len(body)} /Filter /FlateDecode >>\nstream\n".encode() + body + b"\nendstream"
        assert paragraphs(made(Sheet(), contents={0: content})) == ["甲乙"]

    @given(
        place=st.integers(0, 2000),
        byte=st.integers(0, 255),
        cut=st.integers(0, 40),
        font=st.sampled_from(["", "/W 9"]),
    )
    @settings(deadline=None, derandomize=True, max_examples=150)
    def test_a_changed_file_is_read_or_refused_in_one_line(self, place, byte, cut, font):
        data = made(Sheet().lines(100, "甲" * 20).table(200, [["甲", "1"], ["乙", "2"]]), font=font)
        place %= len(data)
        try:
            read(data[:place] + bytes([byte]) + data[place + cut :])
        except Refused as refused:
            assert "\n" not in str(refused)  # noqa: PT017 - most changes are not refused

    def test_nothing_is_said_besides(
        self, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ):
        caplog.set_level(logging.INFO)
        refusal(b"%PDF-1.5\n1 0 obj << /A (x >>")
        read(made(Sheet().lines(100, "甲"), cid_font="/W [1 /x 500]"))
        assert (caplog.records, capfd.readouterr()) == ([], ("", ""))

    def test_the_same_file_gives_the_same_document(self):
        data = made(Sheet().lines(100, "甲" * 30, "乙。").table(200, [["甲", "1"], ["乙", "2"]]))
        assert read(data) == read(data)


def moved(data: bytes) -> bytes:
    """A PDF whose objects were changed in length, with its table of their places written again."""
    bodies = [
        part.split(b"obj\n", 1)[1] for part in data[: data.rindex(b"xref\n0")].split(b"\nendobj\n")[:-1]
    ]
    trailer = data[data.index(b"trailer\n") :].decode()
    return assembled(bodies, trailer[trailer.index("/Root 1 0 R") + 11 : trailer.rindex(">>\nstartxref")])


def zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


def packed(body: bytes, filters: str, extra: str = "") -> bytes:
    return f"<< /Length {len(body)} /Filter {filters} {extra} >>\nstream\n".encode() + body + b"\nendstream"


class TestBombs:
    """Small files that ask for much are refused quickly and without much memory."""

    @pytest.fixture(autouse=True)
    def _little_memory(self):
        unit = 1 if sys.platform == "darwin" else 1024
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        yield
        assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit < 250e6

    def test_a_page_that_unpacks_beyond_the_limit(self):
        assert "解压后超过 100 MB" in refusal(made(Sheet(), contents={0: packed(zeros(300), "/FlateDecode")}))

    def test_a_page_packed_twice(self):
        body = zlib.compress(zeros(300))
        data = made(Sheet(), contents={0: packed(body, "[/FlateDecode /FlateDecode]")})
        assert "解压后超过 100 MB" in refusal(data)

    def test_a_table_of_places_that_unpacks_beyond_the_limit(self):
        places = packed(zeros(300), "/FlateDecode", "/Type /XRef /Size 9 /W [1 4 1] /Root 1 0 R")
        data = b"%PDF-1.5\n1 0 obj\n" + places + b"\nendobj\nstartxref\n9\n%%EOF\n"
        assert "解压后超过 100 MB" in refusal(data)

    @pytest.mark.parametrize("name", ["/LZWDecode", "/RunLengthDecode"])
    def test_other_ways_of_packing(self, name: str):
        body = {
            "/RunLengthDecode": b"\x81\x00" * 100_000,
            "/LZWDecode": b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01" * 9000,
        }[name]
        data = made(Sheet(), contents={0: packed(body, name)})
        assert refusal(data, Limits(unpacked_megabytes=1))

    def test_text_that_takes_too_long_to_follow(self):
        assert "过多" in refusal(made(Sheet(), contents={0: stream(b"q Q " * 8_000_000)}))

    def test_forms_that_draw_forms_that_draw_forms(self):
        forms = [
            stream(
                f"/X{number + 1} Do ".encode() * 10,
                extra=f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X{number + 1} {8 + number} 0 R >> >>",
            )
            for number in range(12)
        ]
        sheet = Sheet(operators=["/X0 Do"], images="/XObject << /X0 7 0 R >>")
        assert "过多" in refusal(made(sheet, more=forms))

    @pytest.mark.parametrize("widths", ["/W [0 2000000000 500]", "/W [" + "0 60000 500 " * 9000 + "]"])
    def test_a_font_with_more_widths_than_characters(self, widths: str):
        assert "已损坏" in refusal(made(Sheet().lines(100, "甲"), cid_font=widths))

    def test_a_font_with_more_codes_than_characters(self):
        cmap = stream(b"1 beginbfrange <00000000> <7fffffff> <0000> endbfrange")
        assert "已损坏" in refusal(made(Sheet().lines(100, "甲"), font="/ToUnicode 7 0 R", more=[cmap]))

    def test_a_row_of_bytes_wider_than_any_picture(self):
        wide = packed(
            zlib.compress(b"\x02"), "/FlateDecode", "/DecodeParms << /Predictor 12 /Columns 2000000000 >>"
        )
        assert "已损坏" in refusal(made(Sheet(), contents={0: wide}))

    def test_arrays_in_arrays_without_end(self):
        assert "已损坏" in refusal(made(Sheet().lines(100, "甲"), cid_font="/A " + "<< /A " * 5000))
        assert "编码" in refusal(made(Sheet().lines(100, "甲"), cid_font="/A " + "[" * 5000))

    def test_pages_in_pages_without_end(self):
        nodes = [
            f"<< /Type /Pages /Kids [{number + 2} 0 R] /Count 1 >>".encode() for number in range(1, 3000)
        ]
        assert "已损坏" in refusal(assembled([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes]))
