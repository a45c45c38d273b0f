"""A process of its own at the other end of a pipe: both ends of the line, spawning, patience and burial."""
