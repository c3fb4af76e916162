package dev.kindred.jobs;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes threads for long reckoning that give way to those that answer: where both want a core, such
 * a thread gets about a tenth of it, and all of it where nobody else does.
 *
 * <p>Java's own priorities mean nothing to Linux, so the kernel is asked. Elsewhere, and where it
 * refuses, the threads are like any others.
 */
public final class GivesWay implements ThreadFactory {
  private static final Logger LOG = LoggerFactory.getLogger(GivesWay.class);

  /** To the kernel, a process may be a thread, and 0 is the caller. */
  private static final int PROCESS = 0;

  private static final int SELF = 0;

  /** Its scheduler gives a thread of this niceness a ninth of what one of niceness 0 gets. */
  static final int NICENESS = 10;

  private static final Optional<MethodHandle> SET_PRIORITY = setPriority();

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
      SET_PRIORITY.ifPresent(GivesWay::lower);
      work.run();
    });
  }

  /** Whether such threads do give way on this system. */
  public static boolean isSupported() {
    return SET_PRIORITY.isPresent();
  }

  @SuppressWarnings("restricted") // a call that takes numbers alone
  private static Optional<MethodHandle> setPriority() {
    boolean isLinux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux");
    if (!isLinux) return Optional.empty();
    var linker = Linker.nativeLinker();
    var shape = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    return linker.defaultLookup().find("setpriority").map(at -> linker.downcallHandle(at, shape));
  }

  private static void lower(MethodHandle setPriority) {
    try {
      int refused = (int) setPriority.invokeExact(PROCESS, SELF, NICENESS);
      if (refused != 0) LOG.debug("the kernel does not lower a thread's priority");
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
