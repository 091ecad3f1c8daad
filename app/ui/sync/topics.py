"""What screens of sync hear of changes that no journalled table tells of."""

SYNC_TOPIC = "sync"
"""A file was taken in or written, or a receipt came."""
FOLDER_TOPIC = "shared_folder"
"""A round through the shared folder is over."""
