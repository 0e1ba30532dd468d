"""What the pages share: the frame, the state in the address, words, numbers, charts and parts."""
