package dev.kindred.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change.OfWebhooks.Tell;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Topic;
import dev.kindred.testing.SettableClock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Too many errors are told, to whom they concern, and not again at once. */
class ErrorWatchTest {

  private static final TenantId SHOP = new TenantId("shop");
  private static final TenantId DEAF = new TenantId("deaf");

  private final SettableClock clock = SettableClock.atNoon();
  private final BlockingQueue<Submission> kept = new LinkedBlockingQueue<>();
  private final Announcer announcer = new Announcer((tenant, _) -> !tenant.equals(DEAF), kept::add);
  private final ErrorWatch watch = new ErrorWatch(announcer, clock);

  @AfterEach
  void stop() {
    announcer.close();
  }

  @Test
  void one_error_in_twenty_requests_of_a_minute_is_told() throws Exception {
    answer(SHOP, 190, 10);
    watch.tick();
    assertThat(kept).as("the minute is not over").isEmpty();

    clock.advance(Duration.ofMinutes(1));
    watch.tick();

    Submission told = kept.poll(30, TimeUnit.SECONDS);
    assertThat(told).isNotNull();
    var notice = ((Tell) told.changes().getFirst()).notice();
    assertThat(told.tenant()).isEqualTo(SHOP);
    assertThat(notice.topic()).isEqualTo(Topic.ERROR_THRESHOLD_EXCEEDED);
    assertThat(notice.data().toString()).contains("\"errors\":10", "\"requests\":200");
  }

  @Test
  void few_errors_or_a_small_share_of_them_are_nothing_to_tell() throws Exception {
    answer(SHOP, 0, 9);
    clock.advance(Duration.ofMinutes(1));
    watch.tick();
    answer(SHOP, 1_000, 50);
    clock.advance(Duration.ofMinutes(1));
    watch.tick();
    answer(DEAF, 0, 100);
    clock.advance(Duration.ofMinutes(1));
    watch.tick();
    answer(SHOP, 0, 77);
    clock.advance(Duration.ofMinutes(1));
    watch.tick();

    Submission told = kept.poll(30, TimeUnit.SECONDS);
    assertThat(told).isNotNull();
    assertThat(told.changes().toString()).contains("\"errors\":77");
  }

  @Test
  void for_a_quarter_of_an_hour_it_is_not_told_again() throws Exception {
    for (int minute = 0; minute < 20; minute++) {
      answer(SHOP, 0, 100 + minute);
      clock.advance(Duration.ofMinutes(1));
      watch.tick();
    }

    // One submission may hold both.
    var told = new StringBuilder();
    while (!told.toString().contains("\"errors\":115")) {
      Submission next = kept.poll(30, TimeUnit.SECONDS);
      assertThat(next).as("told so far: %s", told).isNotNull();
      told.append(next);
    }
    assertThat(told.toString()).contains("\"errors\":100").containsOnlyOnce("\"errors\":11");
  }

  private void answer(TenantId tenant, int well, int badly) {
    for (int i = 0; i < well; i++) watch.answered(tenant, i % 2 == 0 ? 200 : 404);
    for (int i = 0; i < badly; i++) watch.answered(tenant, 500);
  }
}
