"""The product without pixels: no Qt, no player, no sockets."""
