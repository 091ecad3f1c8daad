"""How large what comes from outside may say it is. Checked before anything of that size is made."""

MIB = 1 << 20

MOST_FILE_BYTES = (4 << 30) - 1
"""What FAT32 can hold in one file."""
MOST_PROLOGUE_BYTES = 16 << 10
MOST_AGE_HEADER_BYTES = 16 << 10
"""64 recipients take 7 KiB. The age library reads a header in time that grows with its square."""
MOST_RECIPIENTS = 64
MOST_MANIFEST_BYTES = 32 * MIB
MOST_ROWS = 65_536
"""Of one segment."""
MOST_PACKED_BYTES = 32 * MIB
"""Of one segment on the stick."""
MOST_UNPACKED_BYTES = 64 * MIB
"""Of one segment: its columns, and the bodies they stand for."""
MOST_VOLUME_BYTES = 1 << 30
"""Of the pieces of assets in one volume."""
CHUNK_BYTES = 4 * MIB
"""What is checked of a volume at a time."""
MOST_RECEIPT_BYTES = 4 * MIB
HASH_BYTES = 32
MOST_LACKED = 32_768
"""Files that a PC names as lacking in one word: 1 MiB."""
PERSON_BYTES = 16
PERSON_KEY_BYTES = PERSON_BYTES + 32
MOST_PEOPLE = 400_000
"""Whose keys go in one file: 19 MB of its manifest."""
MOST_PEOPLE_WANTED = 32_768
MOST_REVOKED = 4_096
"""People whose keys a PC names as lacking in one word: 512 KiB."""
MOST_TRAVELLING = 32_768
"""Files of courses in one export: their pieces stand in the manifest."""
