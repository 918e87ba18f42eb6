"""Every error that Dateline raises, in one tree.

    DatelineError
    ├── SourceError          a report could not be taken in       DL-S…
    │   ├── EmptySource      nothing in it                        DL-S01
    │   ├── BinarySource     not text                             DL-S02
    │   ├── NotEnglish       in another language                  DL-S03
    │   ├── BadRecord        a JSON line that is no report        DL-S04
    │   ├── MissingSource    no such file or folder               DL-S05
    │   └── UnknownFormat    a file that no reader knows          DL-S06
    ├── ArchiveError         the archive cannot be used           DL-A00
    │   ├── MissingArchive   no such archive                      DL-A01
    │   ├── NewerArchive     written by a newer Dateline          DL-A02
    │   └── NotAnArchive     a database that is no archive        DL-A03
    ├── KnowledgeError       a data file breaks its own schema    DL-K01
    ├── ModelError           the model is missing or damaged      DL-M01
    └── ReadError            a report broke the reader (a defect) DL-R01

`docs/errors.md` says what to do about each; a test holds the two together.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Base of all. `code` is stable and documented; the message says what to do."""

    code = "DL-000"

    def __str__(self) -> str:
        return f"{self.code}: {super().__str__()}"


class SourceError(DatelineError):
    """A report could not be taken in; the rest of the batch goes on."""

    code = "DL-S00"


class EmptySource(SourceError):
    """Nothing to read: no text, or only white space."""

    code = "DL-S01"


class BinarySource(SourceError):
    """Bytes that are no text."""

    code = "DL-S02"


class NotEnglish(SourceError):
    """Text in a language that the model does not read."""

    code = "DL-S03"


class BadRecord(SourceError):
    """A JSON line that is not an object with a `text`."""

    code = "DL-S04"


class MissingSource(SourceError):
    """No such file or folder."""

    code = "DL-S05"


class UnknownFormat(SourceError):
    """A file whose format no reader knows."""

    code = "DL-S06"


class ArchiveError(DatelineError):
    """The archive cannot be used: the server is not reached, or the file is locked or damaged."""

    code = "DL-A00"


class MissingArchive(ArchiveError):
    """No archive under that name."""

    code = "DL-A01"


class NewerArchive(ArchiveError):
    """The archive was written by a newer version of Dateline."""

    code = "DL-A02"


class NotAnArchive(ArchiveError):
    """A file or database that holds something else."""

    code = "DL-A03"


class KnowledgeError(DatelineError):
    """A data file of `knowledge/` breaks its own schema. Lists every bad field."""

    code = "DL-K01"


class ModelError(DatelineError):
    """The model is missing, damaged, or of another version."""

    code = "DL-M01"


class ReadError(DatelineError):
    """A report that the reader could not get through: a defect of Dateline; the rest of the batch goes on."""

    code = "DL-R01"
