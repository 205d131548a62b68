"""What scripts share: how a command ends, the stock server as a process, the doctor, the lock and the demo."""
