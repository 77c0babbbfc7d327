"""A closed volume on a disk, as a bag (RFC 8493), for when the line is too slow.

Written here in full: the Library of Congress's `bagit` makes a bag of a folder in place and hashes it
afterwards; this one copies, hashes, goes on after a cut, and names the bag only once it was read back whole.
"""
