package dev.kindred;

import dev.kindred.collect.GroupCommit;
import dev.kindred.config.Config;
import dev.kindred.config.ConfigError;
import dev.kindred.http.Route;
import dev.kindred.http.WebhooksApi;
import dev.kindred.recommend.Lists;
import dev.kindred.store.Store;
import dev.kindred.webhooks.Addresses;
import dev.kindred.webhooks.Announcer;
import dev.kindred.webhooks.Courier;
import dev.kindred.webhooks.ErrorWatch;
import dev.kindred.webhooks.Sender;
import dev.kindred.webhooks.Tally;
import dev.kindred.webhooks.TrustedRoots;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocketFactory;

/** Builds what tells webhooks, and closes it. */
record WebhookParts(
    Courier courier,
    Addresses addresses,
    ExecutorService threads,
    ScheduledExecutorService alarms,
    Announcer announcer,
    ErrorWatch errors,
    ListNotices lists)
    implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  static WebhookParts start(
      Store store, GroupCommit commit, Config config, Clock clock, MeterRegistry metrics) {
    SSLSocketFactory tls = TrustedRoots.and(trusted(config.webhooks()));
    var addresses = Addresses.of(config.webhooks().mayReachPrivateAddresses());
    var alarms =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("webhook-alarm").daemon().factory());
    // As many threads as the courier lets run.
    var threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().name("webhook-", 0).daemon().factory());
    var sender = new Sender(addresses, tls, TIMEOUT, alarms, clock);
    var settings = Courier.Settings.of("replica-" + UUID.randomUUID());
    var courier =
        new Courier(store.webhooks(), sender, settings, clock, new SecureRandom(), threads);
    var announcer = new Announcer(courier::isWanted, commit::keep);
    measure(metrics, courier, announcer);
    var errors = new ErrorWatch(announcer, clock);
    var lists = new ListNotices(announcer, commit::keep, clock);
    return new WebhookParts(courier, addresses, threads, alarms, announcer, errors, lists);
  }

  /** A wrong file stops the start. */
  private static List<X509Certificate> trusted(Config.Webhooks said) {
    try {
      return said.trusted().map(TrustedRoots::read).orElse(List.of());
    } catch (IllegalArgumentException wrong) {
      throw new ConfigError("WEBHOOK_CA_FILE: " + wrong.getMessage());
    }
  }

  List<Route> routes(Store store, GroupCommit commit, Clock clock) {
    return new WebhooksApi(store, commit, courier, addresses, clock, new SecureRandom()).routes();
  }

  private static void measure(MeterRegistry metrics, Courier courier, Announcer announcer) {
    Tally tally = courier.tally();
    FunctionCounter.builder("webhooks.deliveries", tally, Tally::arrived)
        .tag("result", "arrived")
        .description("Tries to tell webhooks something")
        .register(metrics);
    FunctionCounter.builder("webhooks.deliveries", tally, Tally::inVain)
        .tag("result", "failed")
        .description("Tries to tell webhooks something")
        .register(metrics);
    FunctionCounter.builder("webhooks.dead.letters", tally, Tally::givenUp)
        .description("Messages to webhooks that were given up")
        .register(metrics);
    FunctionCounter.builder("webhooks.notices.dropped", announcer, Announcer::dropped)
        .description("Notices that there was no room for")
        .register(metrics);
    Gauge.builder("webhooks.running", courier, Courier::running)
        .description("Webhooks that are being told something now")
        .register(metrics);
    Gauge.builder("webhooks.waiting", courier, Courier::waiting)
        .description("Webhooks that have something to be told")
        .register(metrics);
  }

  /** Does what is due. Called every second. */
  void tick(Lists shown) {
    courier.tick();
    errors.tick();
    lists.tick(shown);
  }

  @Override
  public void close() {
    announcer.close();
    courier.close();
    threads.shutdownNow();
    alarms.shutdownNow();
  }
}
