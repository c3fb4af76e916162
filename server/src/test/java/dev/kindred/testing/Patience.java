package dev.kindred.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Waits for what happens on other threads by asking again and again, and not for ever. */
public final class Patience {

  /** Far more than anything here takes on a machine that has other things to do, too. */
  private static final Duration LASTS = Duration.ofSeconds(60);

  private Patience() {}

  /** The first answer that is the one waited for; the newest is told if none comes in time. */
  public static <T> T until(Callable<T> question, Predicate<T> isAwaited) throws Exception {
    long start = System.nanoTime();
    while (true) {
      T answer = question.call();
      if (isAwaited.test(answer)) return answer;
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("the answer waited for; the newest is %s", answer)
          .isLessThan(LASTS);
      Thread.onSpinWait();
    }
  }
}
