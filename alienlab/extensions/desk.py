"""Answers jobs in the plugins' process: what becomes of a job, whatever a plugin does."""

from __future__ import annotations

import logging
from collections.abc import Callable

from alienlab.api.workbench import Stopped
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Failure
from alienlab.domain.laboratories.declarations import Code
from alienlab.domain.laboratories.ports import (
    Answered,
    AskJob,
    LabEvent,
    LabFailed,
    LabJob,
    LabStopped,
    NetworkJob,
    PluginFailed,
    PluginJob,
    Progressed,
    Shown,
)
from alienlab.engine.cancel import CancelFlag
from alienlab.extensions.carrying_out import Hand
from alienlab.extensions.loading import load_code
from alienlab.extensions.workbench import Listener, Surroundings

_log = logging.getLogger(__name__)


class Desk:
    """Takes one job after another; ``send`` passes on what it says."""

    def __init__(self, send: Callable[[LabEvent], None], cancelled: CancelFlag) -> None:
        self._send, self._cancelled = send, cancelled
        self._surroundings = Surroundings()

    def answer(self, job: PluginJob) -> None:
        """The last event of a job is its result, its failure, or that it was stopped."""
        self._send(self._result(job))

    def _result(self, job: PluginJob) -> LabEvent:
        hand = Hand(self._surroundings, self._listener(job.number))
        try:
            self._send(Progressed(job.number, None, "Starting"))
            load_code(_code(job))
            self._send(Progressed(job.number, None, ""))  # from here on it is the plugin that computes
            match job:
                case LabJob():
                    return hand.experiment(job)
                case NetworkJob():
                    return hand.network(job)
                case AskJob():
                    return Answered(job.number, hand.ask(job))
        except Stopped:
            return LabStopped(job.number)
        except PluginFailed as error:
            _log.warning("%s", error, exc_info=error)
            return LabFailed(job.number, Failure.INTERNAL, str(error), error.plugin)
        except AlienLabError as error:
            return LabFailed(job.number, Failure.USER, str(error))
        except MemoryError:
            return LabFailed(job.number, Failure.MEMORY, "There is too little memory for this. Take smaller values.")
        except OSError:
            raise
        except Exception as error:  # a defect ends the job, not the process
            _log.exception("A job failed")
            return LabFailed(
                job.number, Failure.INTERNAL, f"AlienLab made a mistake ({type(error).__name__}: {error})."
            )

    def _listener(self, job: int) -> Listener:
        return Listener(
            progressed=lambda fraction, message: self._send(Progressed(job, fraction, message)),
            shown=lambda exhibit: self._send(Shown(job, exhibit)),
            is_stopped=lambda: self._cancelled.covers(job),
        )


def _code(job: PluginJob) -> Code:
    match job:
        case LabJob(experiment=experiment):
            return experiment.code
        case NetworkJob(laboratory=laboratory):
            return laboratory.network or laboratory.experiments[0].code
        case AskJob(offer=offer):
            return offer.code
