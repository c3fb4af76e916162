package dev.kindred.measure.behaviour;

import dev.kindred.domain.Entity;
import dev.kindred.store.Catalog;
import dev.kindred.store.TenantStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks what is counted of a tenant, once it is known what its titles and types are, and when users
 * of whom something was taken away last did something.
 *
 * <p>Events only say what has to be looked up; that is done when somebody asks, so that writers do
 * not wait for it.
 */
final class Descriptions {

  private static final int READ_AT_ONCE = 1_000;

  private final TenantBehaviour tenant;
  private final TenantStore data;

  /** Held while descriptions are read, and by those who need them. */
  private final ReentrantLock reading = new ReentrantLock();

  private volatile boolean isReading;

  Descriptions(TenantBehaviour tenant, TenantStore data) {
    this.tenant = tenant;
    this.data = data;
  }

  /** Answers with the lock held; the question must not wait for anything but the database. */
  <T> T ask(Function<TenantBehaviour, T> question) {
    bringUpToDate();
    tenant.lock.readLock().lock();
    try {
      return question.apply(tenant);
    } finally {
      tenant.lock.readLock().unlock();
    }
  }

  /** Reads what has changed since the last time. */
  void bringUpToDate() {
    if (isUpToDate()) return;
    reading.lock();
    isReading = true;
    try {
      while (!isTenantUpToDate()) readSome();
    } finally {
      isReading = false;
      reading.unlock();
    }
  }

  private boolean isUpToDate() {
    return !isReading && isTenantUpToDate();
  }

  private boolean isTenantUpToDate() {
    tenant.lock.readLock().lock();
    try {
      return tenant.lookUps().areNone();
    } finally {
      tenant.lock.readLock().unlock();
    }
  }

  /** What is read is taken from the list first: a change in the meantime puts it there again. */
  private void readSome() {
    readNewest();
    List<Integer> wanted =
        changing(() -> {
          tenant.refreshTypes();
          return tenant.lookUps().takeDescriptions(READ_AT_ONCE);
        });
    try {
      List<Description> found = new ArrayList<>();
      List<Integer> numbers = new ArrayList<>();
      for (Catalog.Numbered one : data.catalog().numbered(wanted)) {
        Instant updated = one.entity().map(Entity::updatedAt).orElse(Instant.EPOCH);
        numbers.add(one.number());
        found.add(Description.of(one.key(), one.entity().map(Entity::attributes), updated));
      }
      changing(() -> {
        for (int i = 0; i < found.size(); i++) tenant.describe(numbers.get(i), found.get(i));
        tenant.findLast();
        return Optional.empty();
      });
    } catch (RuntimeException failure) {
      changing(() -> {
        tenant.lookUps().putBackDescriptions(wanted);
        return Optional.empty();
      });
      throw failure;
    }
  }

  private void readNewest() {
    List<Integer> wanted = changing(() -> tenant.lookUps().takeLastOfUsers(READ_AT_ONCE));
    if (wanted.isEmpty()) return;
    try {
      Map<Integer, Instant> newest = data.interactions().newestOf(wanted);
      changing(() -> {
        for (int user : wanted) tenant.lastDid(user, Optional.ofNullable(newest.get(user)));
        return Optional.empty();
      });
    } catch (RuntimeException failure) {
      changing(() -> {
        tenant.lookUps().putBackLastOfUsers(wanted);
        return Optional.empty();
      });
      throw failure;
    }
  }

  private <T> T changing(Supplier<T> change) {
    tenant.lock.writeLock().lock();
    try {
      return change.get();
    } finally {
      tenant.lock.writeLock().unlock();
    }
  }
}
