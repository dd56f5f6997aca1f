"""Archives that have outgrown one machine, on Apache Spark."""

from offer_screen.spark.frames import ArrowScreener, Wanted, screen_frame
from offer_screen.spark.job import screen_parquet, spark_session

__all__ = ["ArrowScreener", "Wanted", "screen_frame", "screen_parquet", "spark_session"]
