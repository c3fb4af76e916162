package dev.kindred;

import dev.kindred.collect.GroupCommit;
import dev.kindred.collect.Tail;
import dev.kindred.store.Store;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

/** The numbers about the program as a whole; those about requests are counted where they pass. */
final class Gauges {

  private Gauges() {}

  /** The Java machine and the process; to be closed. */
  static AutoCloseable process(MeterRegistry metrics) {
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    new FileDescriptorMetrics().bindTo(metrics);
    new UptimeMetrics().bindTo(metrics);
    var collections = new JvmGcMetrics();
    collections.bindTo(metrics);
    return collections;
  }

  /** The database's connections. */
  static void database(MeterRegistry metrics, Store store) {
    Gauge.builder("database.pool.idle.connections", store, s -> s.pool().idle())
        .description("Database connections that nobody uses now")
        .register(metrics);
    Gauge.builder("database.pool.active.connections", store, s -> s.pool().active())
        .description("Database connections in use")
        .register(metrics);
    Gauge.builder("database.pool.max.connections", store, s -> s.pool().max())
        .description("Most database connections there may be")
        .register(metrics);
    Gauge.builder("database.pool.waiting", store, s -> s.pool().waiting())
        .description("Threads that wait for a database connection")
        .register(metrics);
  }

  /** What is written, and how far this replica follows the log. */
  static void log(MeterRegistry metrics, GroupCommit commit, Tail tail) {
    Gauge.builder("log.position", tail, Tail::position)
        .description("The newest position that this replica knows")
        .register(metrics);
    Gauge.builder("log.lag", tail, Tail::lag)
        .description("Positions that this replica has still to follow")
        .register(metrics);
    Gauge.builder("commit.waiting.bytes", commit, GroupCommit::waitingBytes)
        .baseUnit("bytes")
        .description("What waits to be written")
        .register(metrics);
    FunctionCounter.builder("commit.submissions", commit, GroupCommit::submissions)
        .description("Submissions that were written")
        .register(metrics);
    FunctionCounter.builder("commit.transactions", commit, GroupCommit::batches)
        .description("Transactions that these took")
        .register(metrics);
  }
}
