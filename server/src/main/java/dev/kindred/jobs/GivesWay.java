package dev.kindred.jobs;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes threads for long reckoning that give way to those that answer: they get what is left of the
 * cores, which is all of them where nobody else wants one.
 *
 * <p>Java's own priorities mean nothing to Linux, so the kernel is asked, for its policy {@code
 * SCHED_IDLE}. To be nicer than others would not do: a nice thread has a small share, but keeps the
 * core for some milliseconds at a time while an answer waits for it. One that is idle is put off
 * the core at once, and still gets a three hundredth of a core that is never free, so it ends some
 * day. Elsewhere, and where the kernel refuses, the threads are like any others.
 *
 * <p>Such a thread must not hold what those that answer wait for.
 */
public final class GivesWay implements ThreadFactory {
  private static final Logger LOG = LoggerFactory.getLogger(GivesWay.class);

  /** To the kernel, the calling thread. */
  private static final int SELF = 0;

  /** The kernel's number of the policy for what may wait for everybody else. */
  static final int SCHED_IDLE = 5;

  private static final Optional<MethodHandle> SET_SCHEDULER = setScheduler();

  private final ThreadFactory threads;

  /**
   * @param name what the threads' names begin with
   */
  public GivesWay(String name) {
    threads = Thread.ofPlatform().name(name + "-", 0).daemon().factory();
  }

  @Override
  public Thread newThread(Runnable work) {
    return threads.newThread(() -> {
      SET_SCHEDULER.ifPresent(GivesWay::giveWay);
      work.run();
    });
  }

  /** Whether such threads do give way on this system. */
  public static boolean isSupported() {
    return SET_SCHEDULER.isPresent();
  }

  @SuppressWarnings("restricted") // a call that reads one number of ours
  private static Optional<MethodHandle> setScheduler() {
    boolean isLinux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux");
    if (!isLinux) return Optional.empty();
    var linker = Linker.nativeLinker();
    var shape = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    return linker
        .defaultLookup()
        .find("sched_setscheduler")
        .map(at -> linker.downcallHandle(at, shape));
  }

  private static void giveWay(MethodHandle setScheduler) {
    try (var arena = Arena.ofConfined()) {
      // The one number of a struct sched_param: a priority, which this policy has none of.
      var none = arena.allocateFrom(JAVA_INT, 0);
      int refused = (int) setScheduler.invokeExact(SELF, SCHED_IDLE, none);
      if (refused != 0) LOG.debug("the kernel does not let a thread give way");
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
