"""Errors that a user can cause.

Each one is a sentence that says what is wrong and what to do. They reach the window as a message and the
command line as one line with exit code 2, never as a traceback.
"""


class AlienLabError(Exception):
    """Base of every error that is the user's to mend; ``str(error)`` is the sentence to show."""


class BrainError(AlienLabError):
    """A brain cannot be found, read or used."""


class UnsupportedBrain(BrainError):
    """The folder holds a pipeline of a kind that AlienLab does not open."""


class UnsafeWeights(BrainError):
    """The weights are pickled; loading them would run code, so the user must opt in."""


class RecogniserError(AlienLabError):
    """There is no recogniser, or it cannot be read; measures that need it cannot be taken."""


class LesionError(AlienLabError):
    """A lesion text cannot be understood, or its amount is out of range."""


class PatternMatchesNothing(LesionError):
    """No module of the brain matches the pattern."""


class RecipeError(AlienLabError):
    """A recipe holds a value that cannot be rendered."""


class SessionError(AlienLabError):
    """A session folder cannot be opened, read or written."""


class StoppedByUser(AlienLabError):
    """The user did not want it any more; nothing is left of it."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was written.")


class SessionLocked(SessionError):
    """Another window has the session open for writing."""


class QueryError(AlienLabError):
    """What the log is to be filtered by cannot be understood."""


class ImageError(AlienLabError):
    """A file is not an image that AlienLab can read."""


class WorkerDied(AlienLabError):
    """The process that renders ended before its job did."""

    def __init__(self, sentence: str, *, plugin: str = "") -> None:
        super().__init__(sentence)
        self.plugin = plugin
        """The plugin that computed in it then; empty where none did."""


class EngineDefect(AlienLabError):
    """The engine failed in a way that is no fault of the user's."""


class SweepError(AlienLabError):
    """A sweep cannot be planned, read or gone on with."""


class ConceptLost(SweepError):
    """A concept does not hold at the point around which it is looked for."""
