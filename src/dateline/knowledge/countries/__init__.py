"""Countries: what do other data sets call them? Names, ISO 3166 and FIPS codes, regions, Gleditsch-Ward and Correlates of War numbers."""

from dateline.knowledge.countries.loader import Country, load

__all__ = ["Country", "load"]
