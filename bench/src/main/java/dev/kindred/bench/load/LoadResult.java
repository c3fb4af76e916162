package dev.kindred.bench.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What came back within the measured time.
 *
 * @param byStatus how many answers of each status
 * @param broken requests that got no whole answer
 * @param latencyNanos of each answer, from when its request was due
 */
public record LoadResult(
    double seconds, Map<Integer, Long> byStatus, long broken, Histogram latencyNanos) {

  public LoadResult {
    byStatus = new TreeMap<>(byStatus);
  }

  public long answered() {
    return byStatus.values().stream().mapToLong(Long::longValue).sum();
  }

  public double perSecond() {
    return answered() / seconds;
  }

  public double millisAt(double percentile) {
    return latencyNanos.getValueAtPercentile(percentile) / 1e6;
  }

  /** Throws unless every answer had this status. */
  public LoadResult requireOnly(int status) {
    if (broken == 0 && byStatus.keySet().equals(java.util.Set.of(status))) return this;
    throw new IllegalStateException(
        "expected answers with status " + status + " only, got " + byStatus + ", broken " + broken);
  }
}
