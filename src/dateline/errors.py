"""Every error that Dateline raises, in one tree.

    DatelineError
    ├── SourceError          a report could not be taken in       DL-S…
    │   ├── EmptySource      nothing in it                        DL-S01
    │   ├── BinarySource     not text                             DL-S02
    │   ├── NotEnglish       in another language                  DL-S03
    │   ├── BadRecord        a JSON line that is no report        DL-S04
    │   ├── MissingSource    no such file or folder               DL-S05
    │   ├── UnknownFormat    a file that no reader knows          DL-S06
    │   ├── TooLarge         larger than any report               DL-S07
    │   ├── HostileSource    made to harm the reader              DL-S08
    │   ├── DamagedSource    cut short, or not what was written   DL-S09
    │   ├── BadMarkup        XML or JSON that breaks its format   DL-S10
    │   ├── Withdrawn        killed by its publisher              DL-S11
    │   └── FetchError       an address could not be fetched      DL-F00
    │       ├── RefusedAddress    not on the public network       DL-F01
    │       ├── RefusedByRobots   robots.txt asks not to          DL-F02
    │       ├── UntrustedServer   TLS cannot be verified          DL-F03
    │       ├── BadStatus         the server answers an error     DL-F04
    │       └── SlowServer        no whole answer in time         DL-F05
    ├── ArchiveError         the archive cannot be used           DL-A00
    │   ├── MissingArchive   no such archive                      DL-A01
    │   ├── NewerArchive     written by a newer Dateline          DL-A02
    │   ├── NotAnArchive     a database that is no archive        DL-A03
    │   ├── UnstorableReport a report that no table can hold      DL-A04
    │   ├── NoSuchIncident   no incident has that id              DL-A05
    │   ├── NoSuchMention    no such mention in that incident     DL-A06
    │   └── NoSuchDecision   no decision of that number holds     DL-A07
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


class TooLarge(SourceError):
    """Larger than any report: a file, a line, a text or an answer over its limit."""

    code = "DL-S07"


class HostileSource(SourceError):
    """Made to harm what reads it: entities, a bomb, nesting without end."""

    code = "DL-S08"


class DamagedSource(SourceError):
    """Cut short, or other bytes than its own length or digest says."""

    code = "DL-S09"


class BadMarkup(SourceError):
    """XML or JSON that is not well formed, or lacks what its format requires."""

    code = "DL-S10"


class Withdrawn(SourceError):
    """A report that its publisher has killed: it is not read."""

    code = "DL-S11"


class FetchError(SourceError):
    """An address could not be fetched: no such host, no connection, no HTTP."""

    code = "DL-F00"


class RefusedAddress(FetchError):
    """Not an address of the public network, or not http(s)."""

    code = "DL-F01"


class RefusedByRobots(FetchError):
    """The site's robots.txt asks programs not to fetch it."""

    code = "DL-F02"


class UntrustedServer(FetchError):
    """The server's certificate cannot be verified."""

    code = "DL-F03"


class BadStatus(FetchError):
    """The server answers with an error, or redirects without end."""

    code = "DL-F04"


class SlowServer(FetchError):
    """No whole answer within the time limit."""

    code = "DL-F05"


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


class UnstorableReport(ArchiveError):
    """A report or record with values that the database cannot hold; the rest of the batch is kept."""

    code = "DL-A04"


class NoSuchIncident(ArchiveError):
    """No incident has that id, and no mention that an id could be made of."""

    code = "DL-A05"


class NoSuchMention(ArchiveError):
    """An incident that has no such mention, or would have none left."""

    code = "DL-A06"


class NoSuchDecision(ArchiveError):
    """No decision of that number is in force."""

    code = "DL-A07"


class KnowledgeError(DatelineError):
    """A data file of `knowledge/` breaks its own schema. Lists every bad field."""

    code = "DL-K01"


class ModelError(DatelineError):
    """The model is missing, damaged, or of another version."""

    code = "DL-M01"


class ReadError(DatelineError):
    """A report that the reader could not get through: a defect of Dateline; the rest of the batch goes on."""

    code = "DL-R01"
