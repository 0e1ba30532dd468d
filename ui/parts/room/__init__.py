"""A question to a room: how it is put, answered on a phone, and counted on the screen."""
