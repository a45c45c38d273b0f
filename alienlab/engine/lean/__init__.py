"""A network that computes the same with less around it.

At the size of a small brain, half of the time of a pass goes into re-laying weights and into looking for features
that the network does not have. The classes here take the place of the modules' own, one by one and only where
they compute the same; names, parameters and hooks stay, so lesions never notice.
"""
