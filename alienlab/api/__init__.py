"""What a plugin may import, and all that the built-in ones do.

A function of a plugin takes plain values and returns plain values; ``plugins/README.md`` is the guide.
"""

from alienlab.api.lesions import lesion_of_all
from alienlab.api.painting import colour_map, paint_curves, to_bytes
from alienlab.api.sweeping import ModuleSummary, SweepValue
from alienlab.api.threads import one_thread
from alienlab.api.workbench import Autoencoder, ExportedRender, Noise, Stopped, Workbench
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Image
from alienlab.domain.laboratories.declarations import API_VERSION
from alienlab.domain.laboratories.exhibits import (
    Cloud,
    Curve,
    Exhibit,
    Film,
    Grip,
    Handle,
    Picture,
    Plot,
    Reading,
    Scale,
    Wall,
)
from alienlab.domain.laboratories.parameters import Material, Values

__all__ = [
    "API_VERSION",
    "AlienLabError",
    "Autoencoder",
    "Cloud",
    "Curve",
    "Exhibit",
    "ExportedRender",
    "Film",
    "Grip",
    "Handle",
    "Image",
    "Material",
    "ModuleSummary",
    "Noise",
    "Picture",
    "Plot",
    "Reading",
    "Scale",
    "Stopped",
    "SweepValue",
    "Values",
    "Wall",
    "Workbench",
    "colour_map",
    "lesion_of_all",
    "one_thread",
    "paint_curves",
    "to_bytes",
]
