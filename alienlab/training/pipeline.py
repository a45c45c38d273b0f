"""diffusers' pipeline, imported without its talk of optional packages."""

from __future__ import annotations

from alienlab.engine.brains.quiet import quiet_libraries

with quiet_libraries():
    from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline

__all__ = ["StableDiffusionPipeline"]
