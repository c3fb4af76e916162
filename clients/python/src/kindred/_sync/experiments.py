"""Calls about experiments."""

from __future__ import annotations

from collections.abc import Iterable

from typing_extensions import Unpack

from kindred._sync.transport import Transport
from kindred._wire import Call, Options, given
from kindred.types import (
    AbEvent,
    AbEventReport,
    Assignment,
    Conversion,
    Experiment,
    ExperimentPresets,
    ExperimentResults,
    Experiments,
    FromPreset,
    Id,
    NewExperiment,
    Time,
    VariantCount,
)


class ExperimentCalls(Transport):
    """Experiments: which variant serves users better."""

    def create_experiment(self, experiment: NewExperiment, **options: Unpack[Options]) -> Experiment:
        """Creates an experiment, as a draft unless it is to start at once."""
        return self._json(Experiment, Call("create_experiment", body=experiment, options=options))

    def list_experiments(self, **options: Unpack[Options]) -> Experiments:
        """The tenant's experiments."""
        return self._json(Experiments, Call("list_experiments", options=options))

    def get_experiment(self, name: str, **options: Unpack[Options]) -> Experiment:
        """An experiment."""
        return self._json(Experiment, Call("get_experiment", {"name": name}, options=options))

    def change_experiment(self, name: str, experiment: NewExperiment, **options: Unpack[Options]) -> Experiment:
        """Changes an experiment; a running one within what keeps its results true."""
        return self._json(Experiment, Call("change_experiment", {"name": name}, body=experiment, options=options))

    def list_experiment_versions(
        self, name: str, *, limit: int | None = None, **options: Unpack[Options]
    ) -> Experiments:
        """Every version of an experiment, newest first."""
        return self._json(
            Experiments, Call("list_experiment_versions", {"name": name}, {"limit": limit}, options=options)
        )

    def start_experiment(self, name: str, **options: Unpack[Options]) -> Experiment:
        """Starts an experiment."""
        return self._json(Experiment, Call("start_experiment", {"name": name}, options=options))

    def stop_experiment(self, name: str, **options: Unpack[Options]) -> Experiment:
        """Stops an experiment; its results stay."""
        return self._json(Experiment, Call("stop_experiment", {"name": name}, options=options))

    def conclude_experiment(
        self, name: str, variant: str, *, make_default: bool | None = None, **options: Unpack[Options]
    ) -> Experiment:
        """Ends an experiment with a winner, whose settings may become the default."""
        return self._json(
            Experiment,
            Call(
                "conclude_experiment",
                {"name": name},
                body=given(variant=variant, makeDefault=make_default),
                options=options,
            ),
        )

    def assign_variant(
        self, name: str, user_id: Id, *, variant: str | None = None, **options: Unpack[Options]
    ) -> Assignment:
        """Says which variant a user gets, always the same one, and keeps that they came."""
        return self._json(
            Assignment,
            Call("assign_variant", {"name": name}, body=given(userId=user_id, variant=variant), options=options),
        )

    def record_conversion(
        self,
        name: str,
        user_id: Id,
        metric_name: str,
        *,
        value: float | None = None,
        timestamp: Time | None = None,
        **options: Unpack[Options],
    ) -> Conversion:
        """Keeps that a user who was assigned did what is measured."""
        return self._json(
            Conversion,
            Call(
                "record_conversion",
                {"name": name},
                body=given(userId=user_id, metricName=metric_name, value=value, timestamp=timestamp),
                options=options,
            ),
        )

    def get_experiment_results(
        self, name: str, *, start_date: Time | None = None, end_date: Time | None = None, **options: Unpack[Options]
    ) -> ExperimentResults:
        """What came of an experiment: rates, differences, how sure they are, who wins."""
        return self._json(
            ExperimentResults,
            Call(
                "get_experiment_results",
                {"name": name},
                {"startDate": start_date, "endDate": end_date, "short": False},
                options=options,
            ),
        )

    def get_experiment_counts(
        self, name: str, *, start_date: Time | None = None, end_date: Time | None = None, **options: Unpack[Options]
    ) -> list[VariantCount]:
        """Only who came and who converted, by the metric that decides."""
        return self._json(
            list[VariantCount],
            Call(
                "get_experiment_counts",
                {"name": name},
                {"startDate": start_date, "endDate": end_date, "short": True},
                options=options,
            ),
        )

    def list_experiment_presets(self, **options: Unpack[Options]) -> ExperimentPresets:
        """Experiments with sensible defaults, to begin with."""
        return self._json(ExperimentPresets, Call("list_experiment_presets", options=options))

    def create_experiment_from_preset(self, preset: str, changes: FromPreset, **options: Unpack[Options]) -> Experiment:
        """Creates an experiment from a preset."""
        return self._json(
            Experiment, Call("create_experiment_from_preset", {"preset": preset}, body=changes, options=options)
        )

    def record_ab_events(self, events: Iterable[AbEvent], **options: Unpack[Options]) -> AbEventReport:
        """Keeps who saw which variant and who converted, as browsers and shop plugins tell it, many at once."""
        body = {"events": list(events)}
        return self._json(AbEventReport, Call("record_ab_events", body=body, options=options))
