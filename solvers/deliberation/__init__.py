"""What deliberation rules come to: absorbing answers, votes, bargains."""
