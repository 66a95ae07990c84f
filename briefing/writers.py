"""Wiring of words: the model of the settings, and who writes and asks with it.

As in app.py, what a function makes is imported in it: a look at the model's server
needs no writer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefing import prompts
from briefing.domain.audience import Profile
from briefing.domain.brief import Draft, SectionSpec
from briefing.domain.story import Story
from briefing.llm.budget import BudgetLlm
from briefing.llm.embedded import EmbeddedLlm
from briefing.llm.ledger import LedgerLlm
from briefing.llm.openai import OpenAiLlm
from briefing.ports import Llm, Store, Writer
from briefing.render.glossary import spellings as glossary_spellings
from briefing.settings import ModelPart, Settings

if TYPE_CHECKING:
    from briefing.pipeline.for_me import Asker
    from briefing.pipeline.judge import Judge
    from briefing.pipeline.model_writer import ModelWriter


def writer(
    chosen: Settings | None, llm: Llm | None, user_folder: Path | None = None
) -> tuple[Writer, str, int]:
    """The writer, its name, and how many stories it writes at once; without a model
    the one that needs none.
    """
    from briefing.pipeline.write import write

    sections = _specs(user_folder)
    profile = chosen.profile if chosen else Profile()
    explained = glossary_spellings(
        prompts.data_folders("templates", user_folder=user_folder)
    )
    model = chosen.model if chosen else None
    if model is None or llm is None:

        def write_extract(story: Story, edition_date: date) -> Draft:
            return write(story, edition_date, sections, profile, explained=explained)

        return write_extract, "extract", 1
    asked = model_writer(
        llm, model.context_tokens, model.max_tokens, user_folder=user_folder
    )

    def write_model(story: Story, edition_date: date) -> Draft:
        return write(
            story, edition_date, sections, profile, model=asked, explained=explained
        )

    return write_model, model.name, model.workers


def model_writer(
    llm: Llm, context_tokens: int, max_tokens: int, *, user_folder: Path | None = None
) -> ModelWriter:
    """A model with the prompts that it is told, the user's own first."""
    from briefing.pipeline.model_writer import BRIEF_PROMPTS, ModelWriter, Prompt

    folders = prompts.data_folders("prompts", user_folder=user_folder)
    brief, sentences, questions = (
        Prompt(file, *prompts.text(file, folders)) for file in BRIEF_PROMPTS
    )
    return ModelWriter(llm, brief, sentences, questions, context_tokens, max_tokens)


def asker(llm: Llm | None, user_folder: Path | None = None) -> Asker | None:
    """Who asks what a brief means for a reader's work; None without a model."""
    if llm is None:
        return None
    from briefing.pipeline.for_me import PROMPT_FILE, Asker

    words, words_hash = prompts.text(
        PROMPT_FILE, prompts.data_folders("prompts", user_folder=user_folder)
    )
    return Asker(llm, words, words_hash, _specs(user_folder))


def judge(
    chosen: Settings | None, llm: Llm | None, user_folder: Path | None = None
) -> Judge | None:
    """Who gives a second opinion, by the model that writes; None unless configured."""
    model = chosen.model if chosen else None
    if llm is None or model is None or not model.judge:
        return None
    from briefing.pipeline.judge import PROMPT_FILE, Judge

    words, words_hash = prompts.text(
        PROMPT_FILE, prompts.data_folders("prompts", user_folder=user_folder)
    )
    return Judge(llm, words, words_hash)


@contextmanager
def open_llm(
    model: ModelPart | None, store: Store | None, clock: Callable[[], datetime]
) -> Iterator[Llm | None]:
    """One model for all that is asked, so that all of it shares one budget, closed at
    the end; with a store no answer is paid for twice.
    """
    if model is None:
        yield None
        return
    with closing(client_of(model)) as client:
        yield _bounded(client, model, store, clock)


def client_of(model: ModelPart) -> OpenAiLlm | EmbeddedLlm:
    """The model itself, to be closed. Raises SettingsError when an embedded one lacks
    its library.
    """
    if model.embedded is not None:
        return EmbeddedLlm(
            model.embedded,
            name=model.name,
            timeout_s=model.timeout_s,
            context_tokens=model.context_tokens,
            workers=model.workers,
        )
    return OpenAiLlm(
        base_url=model.base_url,
        name=model.name,
        api_key=model.api_key.get_secret_value(),
        timeout_s=model.timeout_s,
        usd_per_million_in=model.usd_per_million_in,
        usd_per_million_out=model.usd_per_million_out,
    )


def _bounded(
    client: Llm, model: ModelPart, store: Store | None, clock: Callable[[], datetime]
) -> Llm:
    # The ledger stands outside: a kept answer costs nothing of the budget.
    bounded = BudgetLlm(
        client,
        max_tokens=model.max_tokens_a_run,
        max_usd=model.max_usd_a_run,
        usd_per_million_in=model.usd_per_million_in,
        usd_per_million_out=model.usd_per_million_out,
    )
    if store is None:
        return bounded
    return LedgerLlm(bounded, store, clock=clock, sleep=time.sleep)


def _specs(user_folder: Path | None) -> tuple[SectionSpec, ...]:
    return prompts.sections(prompts.data_folders("prompts", user_folder=user_folder))
