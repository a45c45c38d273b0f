"""QtCore and QtGui: state, background work and undo; no widgets."""
