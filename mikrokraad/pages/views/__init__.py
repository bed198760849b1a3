"""Pages for everybody: visitors, learners, lecturers, employers."""
