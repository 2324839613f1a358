"""What people say of what is kept: corrections of cells, what is withheld; beside the evidence, never in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from corpus.errors import StoreError
from corpus.model import Correction, Report
from corpus.store import corrections, editions, reports, withholding
from corpus.store.corrections import Corrected
from corpus.store.evidence import EvidenceStore
from corpus.store.withholding import Withheld


class JudgedStore(EvidenceStore):
    """The evidence, with what people said of it."""

    # Corrections

    def correct(self, digest: str, figure: str, said: Correction) -> None:
        """Keep what somebody says that a cell of a picture holds."""
        with self.database.writing() as connection:
            corrections.put(connection, digest, figure, said)

    def take_back(self, digest: str, figure: str) -> bool:
        """Forget what was said of a cell. Returns whether anything was."""
        with self.database.writing() as connection:
            return corrections.take_back(connection, digest, figure)

    def corrections(self, digest: str) -> Mapping[str, Correction]:
        """What is said of a payload's cells, by their ids."""
        with self.database.reading() as connection:
            return corrections.of_payload(connection, digest)

    def corrected(self) -> tuple[Corrected, ...]:
        """Every correction, by report and cell."""
        with self.database.reading() as connection:
            return corrections.every(connection)

    def as_read(self, digest: str) -> tuple[Report, str] | None:
        """What was read in a payload, without anybody's corrections, and the version of the code that read it."""
        with self.database.reading() as connection:
            report, extractor = reports.of_payload(connection, digest), editions.extractor_of(connection, digest)
            if report is None:
                return None
            return replace(report, **corrections.body_as_read(connection, digest)), extractor

    # Withholding

    def withhold(self, name: str, why: str) -> tuple[Withheld, ...]:
        """Give a report (by its id, a former one too) or a payload (by its digest) to nobody any more.

        Returns what is withheld by the name. Raises StoreError where nothing has it.
        """
        with self.database.writing() as connection:
            present = reports.resolve(connection, name) or name
            found = withholding.withhold(connection, present, why, datetime.now(UTC))
            if not found:
                raise StoreError(
                    f"No report and no payload {name} is here: give a report's id or 64 digits of a SHA-256."
                )
        return found

    def lift(self, name: str) -> tuple[Withheld, ...]:
        """Give free again what is withheld by a name; it is to be read again. Raises StoreError where nothing is."""
        with self.database.writing() as connection:
            found = withholding.lift(connection, reports.resolve(connection, name) or name)
            if not found:
                raise StoreError(f"Nothing is withheld by the name {name}: `nianbao status` lists what is.")
        return found

    def withheld(self) -> tuple[Withheld, ...]:
        """Everything that is withheld, the latest first."""
        with self.database.reading() as connection:
            return withholding.every(connection)

    def withheld_report(self, id: str) -> Withheld | None:  # noqa: A002 (the public name of a report's identity)
        """Why nothing is shown under an id; None while something is."""
        with self.database.reading() as connection:
            return withholding.of_report(connection, id)
