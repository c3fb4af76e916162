package dev.kindred.command;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears SIGTERM and SIGINT, so that the program can end in its own way and with exit code 0; the
 * Java machine's own way is to run shutdown hooks and to end with 143, which supervisors take for a
 * failure.
 */
final class StopSignal {

  private static final Logger log = LoggerFactory.getLogger(StopSignal.class);

  private static final int LATE = 1;
  private static final int IMPATIENT = 130;

  private final CountDownLatch heard = new CountDownLatch(1);
  private final Duration patience;
  private volatile boolean isServing;

  private StopSignal(Duration patience) {
    this.patience = patience;
  }

  /**
   * Listens from now on. A second signal ends the process at once.
   *
   * @param patience this long after the signal the process ends, whatever is still going on
   */
  static StopSignal listen(Duration patience) {
    var stop = new StopSignal(patience);
    stop.handle("TERM");
    stop.handle("INT");
    return stop;
  }

  // By reflection, because the compiler warns of sun.misc in a way that cannot be silenced.
  private void handle(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object hearing =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (_, method, _) -> {
                if (method.getName().equals("handle")) hear(name);
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), hearing);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java machine cannot hear signals", e);
    }
  }

  /** Waits for the first signal. */
  void await() throws InterruptedException {
    isServing = true;
    heard.await();
  }

  private void hear(String name) {
    if (heard.getCount() == 0) Runtime.getRuntime().halt(IMPATIENT);
    log.atInfo().addKeyValue("signal", name).log("told to stop");
    heard.countDown();
    // Whoever is still starting has taken nothing in that could be lost.
    if (!isServing) System.exit(0);
    Thread.ofPlatform().name("stop-watch").daemon().start(this::endInTime);
  }

  private void endInTime() {
    try {
      Thread.sleep(patience);
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
    log.error("not everything closed in time; ending now");
    Runtime.getRuntime().halt(LATE);
  }
}
