"""What can go wrong with stored bytes, told apart by what the caller can do about it."""


class ObjectError(Exception):
    """Something about a stored object is not as asked for."""


class ObjectMissing(ObjectError):
    """There is no such object, or no such open upload."""


class ObjectCorrupt(ObjectError):
    """The bytes are not the bytes their hash, key or part list names."""


class StoreUnavailable(ObjectError):
    """The store cannot serve now (network, disk, permissions); the same call may succeed later."""


class InvalidKey(ObjectError, ValueError):
    """The key is not one that every store can hold."""
