"""Evidently's drift of all columns of two Parquet files, by its own choice of tests. Prints one line of JSON.

`seconds` leaves out imports and reading; `read` is the reading.
"""
import json
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import evidently  # noqa: E402
import pandas as pd  # noqa: E402
from evidently import DataDefinition, Dataset, Report  # noqa: E402
from evidently.presets import DataDriftPreset  # noqa: E402

base, current, columns = sys.argv[1], sys.argv[2], sys.argv[3].split(",")
start = time.perf_counter()
reference = pd.read_parquet(base, columns=columns)
now = pd.read_parquet(current, columns=columns)
read = time.perf_counter() - start
numbers = [c for c in columns if reference[c].dtype.kind in "iuf"]
definition = DataDefinition(
    numerical_columns=numbers, categorical_columns=[c for c in columns if c not in numbers]
)
start = time.perf_counter()
report = Report([DataDriftPreset()]).run(
    Dataset.from_pandas(now, data_definition=definition),
    Dataset.from_pandas(reference, data_definition=definition),
)
values = json.loads(report.json())["metrics"]
seconds = time.perf_counter() - start
usage = resource.getrusage(resource.RUSAGE_SELF)
print(
    json.dumps(
        {
            "name": "evidently",
            "version": evidently.__version__,
            "seconds": seconds,
            "read": read,
            "cpu": usage.ru_utime + usage.ru_stime,
            "peak_bytes": usage.ru_maxrss * 1024,
            "metrics": len(values),
        }
    )
)
