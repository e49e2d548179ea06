"""The exceptions of zhibiao.

::

    ZhibiaoError
    ├── InputError            a file or record from outside cannot be used: what, where, what to do
    ├── OutputError           results cannot be written where they were asked for
    ├── ModelError            a pipeline cannot be loaded or used
    ├── MissingExtraError     an optional dependency is not installed
    └── CatalogError          a data file of the package (indicators, units, regions) is wrong
"""


class ZhibiaoError(Exception):
    """Base of every error that zhibiao raises on purpose."""


class InputError(ZhibiaoError):
    """A file or record from outside cannot be used.

    Parameters
    ----------
    reason
        One line for the person who owns the file: what is wrong and what to do.
    where
        The file's name, if known, with a report or offset behind it where there is one.

    Examples
    --------
    >>> str(InputError("the file is empty", where="b.txt"))
    'b.txt: the file is empty'
    """

    def __init__(self, reason: str, *, where: str = "") -> None:
        self.reason = reason
        self.where = where
        super().__init__(f"{where}: {reason}" if where else reason)

    def __reduce__(self) -> tuple[object, ...]:
        """Keep both arguments when the error crosses a process boundary."""
        return (_make_input_error, (self.reason, self.where))


def _make_input_error(reason: str, where: str) -> InputError:
    return InputError(reason, where=where)


class OutputError(ZhibiaoError):
    """Results cannot be written where they were asked for; the message says what to do."""


class ModelError(ZhibiaoError):
    """A pipeline cannot be loaded or used."""


class MissingExtraError(ZhibiaoError):
    """An optional dependency is not installed; the message names the extra that brings it."""


class CatalogError(ZhibiaoError):
    """A data file of the package (indicators, units, regions) breaks its own format."""
