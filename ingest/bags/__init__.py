"""Bags (BagIt, RFC 8493) that bring a batch on a disk, where a station's line is too slow.

Read here in full: the Library of Congress's `bagit` trusts the bag it opens and reads folders alone, and a
disk from outside is as little to be trusted as a request from outside.
"""
