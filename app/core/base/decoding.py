"""Text files from any program: which Unicode encoding their bytes are in, if in one."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAMPLE_BYTES = 64 * 1024
_NULL_BYTES_IN_UTF_16 = 25
"""One byte in fewer than so many is zero: in Hindi those of the blanks, in English every second."""


def unicode_encoding(untrusted: bytes) -> str | None:
    """Return the encoding that a byte-order mark states, or that the bytes can only be in.

    None means a code page, damage, or no text at all. Text in the encoding returned need not
    decode: a mark promises it, and zeros only make it likely.
    """
    for mark, encoding in _MARKS:
        if untrusted.startswith(mark):
            return encoding
    sample = untrusted[:_SAMPLE_BYTES]
    if sample.count(0) * _NULL_BYTES_IN_UTF_16 > len(sample):
        big_end_first = sample[0::2].count(0) > sample[1::2].count(0)
        return "utf-16-be" if big_end_first else "utf-16-le"
    try:
        untrusted.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def with_line_feeds(text: str) -> str:
    """Return the text with every line end a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
