"""What scripts share: how a command ends, the stock server as a process, the doctor and the demo."""
