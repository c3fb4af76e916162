package dev.kindred.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks the components how they are: all at once, for a bounded time, and not more often than once a
 * second however often we are asked.
 */
final class Health {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<Component> components;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Report last = new Report(List.of(), 0, false);

  Health(List<Component> components) {
    this.components = components;
  }

  /** How one component is; no problem means well. */
  record Finding(Component component, Optional<String> problem) {

    boolean isWell() {
      return problem.isEmpty();
    }
  }

  private record Report(List<Finding> findings, long at, boolean asked) {

    boolean isFresh(long now) {
      return asked && now - at < KEPT_NANOS;
    }
  }

  List<Finding> findings() {
    if (last.isFresh(System.nanoTime())) return last.findings();
    asking.lock();
    try {
      if (!last.isFresh(System.nanoTime())) last = new Report(ask(), System.nanoTime(), true);
      return last.findings();
    } finally {
      asking.unlock();
    }
  }

  /** Has them asked again, because something was put in order. */
  void askAgain() {
    asking.lock();
    try {
      last = new Report(List.of(), 0, false);
    } finally {
      asking.unlock();
    }
  }

  private List<Finding> ask() {
    var answers = new ArrayList<CompletableFuture<Optional<String>>>();
    for (Component component : components) {
      var answer = new CompletableFuture<Optional<String>>();
      answers.add(answer);
      Thread.startVirtualThread(() -> ask(component, answer));
    }
    long giveUp = System.nanoTime() + PATIENCE_NANOS;
    var findings = new ArrayList<Finding>();
    for (int i = 0; i < components.size(); i++) {
      findings.add(new Finding(components.get(i), problem(answers.get(i), giveUp)));
    }
    return List.copyOf(findings);
  }

  private static void ask(Component component, CompletableFuture<Optional<String>> answer) {
    try {
      answer.complete(component.check().problem());
    } catch (Exception e) {
      answer.completeExceptionally(e);
    }
  }

  private static Optional<String> problem(CompletableFuture<Optional<String>> answer, long giveUp) {
    try {
      return answer.get(giveUp - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException outOfReach) {
      return Optional.of("out of reach");
    } catch (TimeoutException slow) {
      return Optional.of("does not answer");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.of("not asked: the server is stopping");
    }
  }
}
