import evidently
import pandas
from evidently import Dataset, DataDefinition, Report
from evidently.presets import DataDriftPreset

from timed import timed


def read(base, current):
    return pandas.read_parquet(base), pandas.read_parquet(current)


def work(frames):
    base, current = (Dataset.from_pandas(frame, data_definition=DataDefinition()) for frame in frames)
    snapshot = Report([DataDriftPreset()]).run(current, base)
    found = snapshot.dict()["metrics"]
    drifted = next(metric["value"] for metric in found if "DriftedColumnsCount" in str(metric))
    return {"drifted": drifted["count"], "columns": len(found) - 1}


timed(read, work, {"evidently": evidently.__version__, "pandas": pandas.__version__})
