"""What goes over the wire, as typed dictionaries: they are what the JSON is, and later fields do no harm.

A test compares each with the schema of its name in the server's OpenAPI document.
"""

from kindred.types.behaviors import *
from kindred.types.core import *
from kindred.types.experiments import *
from kindred.types.files import *
from kindred.types.shop import *
from kindred.types.webhooks import *
