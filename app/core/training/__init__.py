"""What people must hold and by when: requirements and assignments."""
