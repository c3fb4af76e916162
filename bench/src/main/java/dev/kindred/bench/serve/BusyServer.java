package dev.kindred.bench.serve;

import dev.kindred.bench.load.Load;
import dev.kindred.bench.load.LoadGenerator;
import dev.kindred.bench.load.LoadResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A server that makes its models again and again, and is written to while it is asked for lists.
 */
final class BusyServer implements AutoCloseable {
  static final double WRITES_A_SECOND = 1_000;

  private static final int CONNECTIONS = 32;
  private static final int PROBES = 6;
  private static final Duration SETTLING = Duration.ofSeconds(3);
  private static final Duration PROBED = Duration.ofSeconds(5);

  private final InetSocketAddress address;
  private final Load.Requests writes;
  private final ExecutorService beside = Executors.newFixedThreadPool(2);
  private final Future<?> rebuilds;
  private volatile boolean isEnding;

  private BusyServer(Shop shop, Load.Requests writes) {
    this.address = shop.server().address();
    this.writes = writes;
    this.rebuilds =
        beside.submit(() -> {
          while (!isEnding) shop.rebuild();
          return true;
        });
  }

  /** Begins to make models; writes go on only while lists are asked for. */
  static BusyServer begin(Shop shop, Load.Requests writes) {
    return new BusyServer(shop, writes);
  }

  /** What 99 of 100 lists took at most, from when they were due. */
  double p99Millis(double rate, Duration warmup, Duration measured, Load.Requests lists)
      throws Exception {
    Future<LoadResult> written =
        beside.submit(() -> open(WRITES_A_SECOND, warmup, measured, writes));
    LoadResult answered = open(rate, warmup, measured, lists);
    written.get();
    return answered.millisAt(99);
  }

  /** About the largest rate of which 99 of 100 lists take no longer than that. */
  double mostWithin(double millis, double rateMax, Load.Requests lists) throws Exception {
    double held = 0;
    double tooMany = 2 * rateMax;
    for (int probe = 0; probe < PROBES; probe++) {
      double rate = (held + tooMany) / 2;
      if (p99Millis(rate, SETTLING, PROBED, lists) <= millis) held = rate;
      else tooMany = rate;
    }
    return held;
  }

  private LoadResult open(double rate, Duration warmup, Duration measured, Load.Requests requests)
      throws IOException {
    return LoadGenerator.run(Load.open(address, CONNECTIONS, rate, warmup, measured, requests));
  }

  /** Waits until the models that are being made are made, unless interrupted. */
  @Override
  public void close() {
    isEnding = true;
    beside.close();
    if (rebuilds.state() == Future.State.FAILED) {
      throw new IllegalStateException("models could not be made", rebuilds.exceptionNow());
    }
  }
}
