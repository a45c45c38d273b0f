"""Passes of a UNet that was compiled once for a shape: other lesions are other numbers, not another network.

On a GPU the passes of a small brain are short beside the time that launching their kernels takes. Compiled and
replayed as one CUDA graph they are launched at once. Hooks that come and go would make the compiler start again, so
here every module's output is altered at every pass, by gains that stand in a tensor and are mostly 1.
"""
