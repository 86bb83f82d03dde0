import json

import pandas
import pandera
import pandera.pandas as pa

from timed import timed


def read(data, requirements):
    with open(requirements) as file:
        return pandas.read_parquet(data), json.load(file)


def column(need):
    checks = []
    if "range" in need:
        checks.append(pa.Check.in_range(*need["range"]))
    if "values" in need:
        checks.append(pa.Check.isin(need["values"]))
    return pa.Column(checks=checks, nullable=False)


def work(given):
    frame, needs = given
    schema = pa.DataFrameSchema(
        {name: column(need) for name, need in needs["columns"].items()},
        checks=[pa.Check(lambda f: len(f) >= needs["rows"])],
    )
    try:
        schema.validate(frame, lazy=True)
        failed = 0
    except pa.errors.SchemaErrors as errors:
        failed = len(errors.failure_cases)
    share = None if needs["label"] is None else float(frame[needs["label"]].value_counts(normalize=True).max())
    return {"failed": failed, "share": share}


timed(read, work, {"pandera": pandera.__version__, "pandas": pandas.__version__})
