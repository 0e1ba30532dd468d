"""Employment, gross: what the money can employ, and no more.

At full employment measures like these normally add nothing to employment in the long run, so jobs
are never worth kronor. A job-year is one person for one year.
"""

MILLION = 1_000_000


def gross_job_years(kronor: float, jobs_per_million_euro: float, kronor_per_euro: float) -> float:
    """Gross job-years that an expenditure gives, by jobs per million euro."""
    return kronor / kronor_per_euro / MILLION * jobs_per_million_euro


def most_job_years(kronor: float, labour_cost: float) -> float:
    """The job-years that the money could pay for if all of it were wages: the bound of what is
    plausible. ``labour_cost`` is kronor per job-year."""
    return kronor / labour_cost


def is_plausible(job_years: float, kronor: float, labour_cost: float) -> bool:
    """Whether so many job-years can be had for the money."""
    return job_years <= most_job_years(kronor, labour_cost)
