"""Whether what citizens said is what citizens said: ratings, surveys."""
