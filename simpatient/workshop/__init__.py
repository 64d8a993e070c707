"""What an author does with patients, rubrics and suites: begin one, have it read, rehearse it."""
