"""Players of recordings: one contract, two backends, and the view that learners see."""
