import importlib.metadata

import pandas
from divexplorer import DivergenceExplorer

from timed import timed

SUPPORT = 0.0005


def read(data, *columns):
    return pandas.read_parquet(data, columns=[*columns, "late", "score"]), list(columns)


def work(given):
    frame, columns = given
    frame = frame.assign(wrong=((frame["score"] >= 0.3) != (frame["late"] == 1)).astype(float))
    found = DivergenceExplorer(frame).get_pattern_divergence(
        min_support=SUPPORT, attributes=columns, quantitative_outcomes=["wrong"]
    )
    return {"slices": len(found)}


timed(read, work, {"divexplorer": importlib.metadata.version("DivExplorer"), "pandas": pandas.__version__})
