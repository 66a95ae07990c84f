"""Three ledgers: model answers by request hash, finished steps, and runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from briefing.logic.codec import from_json, to_json
from briefing.ports import AnswerClaim, ModelAnswer, StoredRun
from briefing.store.database import Database
from briefing.store.tables import answers, jobs, outcomes, runs

# A question that was claimed this long ago and has no answer was lost in a crash.
_CLAIM_EXPIRES = timedelta(minutes=15)


class Ledgers:
    """What was paid for, what is done, and which runs there were."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim_answer(
        self, request_hash: str, *, now: datetime
    ) -> ModelAnswer | AnswerClaim:
        """The kept answer; else whether the question is now ours to ask."""
        with self._database.write() as connection:
            row = connection.execute(
                select(answers).where(answers.c.request_hash == request_hash)
            ).first()
            if row is not None and row.payload is not None:
                return from_json(ModelAnswer, row.payload)
            if row is not None and now - row.claimed_at < _CLAIM_EXPIRES:
                return AnswerClaim.BUSY
            connection.execute(
                upsert(answers)
                .values(request_hash=request_hash, claimed_at=now)
                .on_conflict_do_update(set_={"claimed_at": now})
            )
        return AnswerClaim.OURS

    def save_answer(self, request_hash: str, answer: ModelAnswer) -> None:
        """Keeps what was paid for."""
        with self._database.write() as connection:
            connection.execute(
                update(answers)
                .where(answers.c.request_hash == request_hash)
                .values(payload=to_json(answer))
            )

    def release_answer(self, request_hash: str) -> None:
        """Takes the mark away after a failure, so that others may ask."""
        with self._database.write() as connection:
            connection.execute(
                delete(answers).where(
                    answers.c.request_hash == request_hash, answers.c.payload.is_(None)
                )
            )

    def finished_steps(self, run_id: str, name: str) -> Mapping[str, str]:
        """Key to value of every step of this name that the run has finished."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(jobs.c.key, jobs.c.value).where(
                    jobs.c.run_id == run_id, jobs.c.name == name
                )
            )
            return {row.key: row.value for row in rows}

    def save_step(self, run_id: str, name: str, key: str, value: str) -> None:
        """Keeps that a step is done and what it returned."""
        with self._database.write() as connection:
            connection.execute(
                upsert(jobs)
                .values(run_id=run_id, name=name, key=key, value=value)
                .on_conflict_do_nothing()
            )

    def start_run(self, run_id: str, edition_id: str, *, now: datetime) -> None:
        """Keeps that a run began; a run that is resumed keeps its first start."""
        with self._database.write() as connection:
            connection.execute(
                upsert(runs)
                .values(id=run_id, edition_id=edition_id, started_at=now)
                .on_conflict_do_nothing()
            )

    def unfinished_run(self, edition_id: str) -> StoredRun | None:
        """The newest run of that edition that was killed before its end."""
        with self._database.read() as connection:
            row = connection.execute(
                select(runs)
                .where(runs.c.edition_id == edition_id, runs.c.finished_at.is_(None))
                .order_by(runs.c.started_at.desc(), runs.c.id)
            ).first()
        return None if row is None else StoredRun(*row)

    def end_run(self, run_id: str, *, now: datetime) -> None:
        """Closes a run that made nothing, so that the next one begins anew."""
        with self._database.write() as connection:
            finish_run(connection, run_id, None, now=now)

    def last_runs(self, *, limit: int = 10) -> tuple[StoredRun, ...]:
        """Newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(runs).order_by(runs.c.started_at.desc(), runs.c.id).limit(limit)
            )
            return tuple(StoredRun(*row) for row in rows)


def finish_run(
    connection: Connection, run_id: str, report: str | None, *, now: datetime
) -> None:
    """Keeps the report; what the run needed to be resumed goes."""
    connection.execute(
        update(runs).where(runs.c.id == run_id).values(finished_at=now, report=report)
    )
    connection.execute(delete(jobs).where(jobs.c.run_id == run_id))
    connection.execute(delete(outcomes).where(outcomes.c.run_id == run_id))
