import importlib.metadata

import pandas
from divexplorer import DivergenceExplorer

from timed import timed

THRESHOLD = 0.3


def read(data, support, values, *columns):
    frame = pandas.read_parquet(data, columns=[*columns, "late", "score"])
    return frame, float(support), int(values), list(columns)


def work(given):
    frame, support, values, columns = given
    frame = frame.assign(wrong=((frame["score"] >= THRESHOLD) != (frame["late"] == 1)).astype(float))
    for column in columns:
        counts = frame[column].value_counts()
        if len(counts) > values:
            frame[column] = frame[column].where(frame[column].isin(counts.index[:values]), "(other)")
    found = DivergenceExplorer(frame).get_pattern_divergence(
        min_support=support, attributes=columns, quantitative_outcomes=["wrong"]
    )
    # The whole table is a pattern of nothing there.
    found = found[found["itemset"].map(len) > 0]
    largest = found.sort_values("support_count", ascending=False).head(10)
    return {
        "slices": len(found),
        "largest": [
            {"rows": int(rows), "wrong": float(wrong)} for rows, wrong in zip(largest["support_count"], largest["wrong"])
        ],
    }


timed(read, work, {"divexplorer": importlib.metadata.version("DivExplorer"), "pandas": pandas.__version__})
