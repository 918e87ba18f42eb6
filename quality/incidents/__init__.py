"""Are the events of many reports gathered into the right incidents?

Forty days of four wars, each told by six or seven short reports of different outlets, written for
this measurement: real wars, places and forces, in our own words; the details serve the
measurement and are no source of history. The `*.txt` files read so:

    == ua-2022-10-10                     a day
    -- Reuters | 2022-10-10              a report: outlet and day of publication
    Missiles {hit|kyiv10} Kyiv …         its text; {trigger|incident} marks what tells of which incident

Half of the days, drawn by the digest of their ids, take no part in tuning; the days of three more
wars in `practice/` take part in nothing else. An incident's name holds within its war, across days. `gold.py` reads them, `measure.py` scores.
"""
