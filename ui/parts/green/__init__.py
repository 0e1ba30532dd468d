"""Green finance on screen: the plan screened, and the two modes of lending with their reports."""
