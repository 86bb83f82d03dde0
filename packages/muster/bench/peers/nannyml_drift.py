"""NannyML's univariate drift of all columns of two Parquet files, Jensen-Shannon on one chunk. Prints one line of JSON.

`seconds` leaves out imports and reading; `read` is the reading.
"""
import json
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import nannyml as nml  # noqa: E402
import pandas as pd  # noqa: E402

base, current, columns = sys.argv[1], sys.argv[2], sys.argv[3].split(",")
start = time.perf_counter()
reference = pd.read_parquet(base, columns=columns)
now = pd.read_parquet(current, columns=columns)
read = time.perf_counter() - start
texts = [c for c in columns if reference[c].dtype.kind not in "iuf"]
start = time.perf_counter()
calculator = nml.UnivariateDriftCalculator(
    column_names=columns, treat_as_categorical=texts, chunk_number=1
)
calculator.fit(reference)
result = calculator.calculate(now)
frame = result.filter(period="analysis").to_df()
seconds = time.perf_counter() - start
usage = resource.getrusage(resource.RUSAGE_SELF)
print(
    json.dumps(
        {
            "name": "nannyml",
            "version": nml.__version__,
            "seconds": seconds,
            "read": read,
            "cpu": usage.ru_utime + usage.ru_stime,
            "peak_bytes": usage.ru_maxrss * 1024,
            "metrics": frame.shape[1],
        }
    )
)
