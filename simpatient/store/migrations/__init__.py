"""Steps from one shape of the database to the next; run by `simpatient.store.opening`, never by hand."""
