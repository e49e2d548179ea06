"""Plain text files."""

from __future__ import annotations

from zhibiao.readers.encodings import decode
from zhibiao.readers.extracted import Extracted, ReadLimits


def read_txt(data: bytes, limits: ReadLimits) -> Extracted:
    r"""Read a text file; not a character is changed, so that offsets count in the file as it is.

    Raises
    ------
    InputError
        If the bytes are no Chinese text.

    Examples
    --------
    >>> read_txt("高企\r\n125家".encode("gbk"), ReadLimits())
    Extracted(text='高企\r\n125家', kind='txt', encoding='gb18030')
    """
    decoded = decode(data)
    return Extracted(decoded.text, "txt", decoded.encoding)
