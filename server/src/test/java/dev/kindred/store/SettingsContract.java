package dev.kindred.store;

import static dev.kindred.store.Shop.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.FeatureStatisticsBytes;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Outcome.FeatureStatisticsStored;
import dev.kindred.domain.Outcome.TenantSettingsStored;
import dev.kindred.domain.TenantSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a tenant has set for itself, and what is known about its features. */
public abstract class SettingsContract extends StoreContract {

  protected SettingsContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @Test
  void at_first_nothing_is_set() {
    assertThat(shop.data().settings().current())
        .isEqualTo(new TenantSettings(0, JsonObject.EMPTY, Instant.EPOCH));
    assertThat(shop.data().settings().history(10)).isEmpty();
  }

  @Test
  void every_version_is_kept() {
    var first = new TenantSettings(1, json("{\"limit\":5}"), clock.now());
    assertThat(put("{\"limit\":5}")).isEqualTo(new TenantSettingsStored(first, 1));
    clock.advance(Duration.ofHours(1));
    TenantSettings second = put("{\"limit\":7}").settings();
    TenantSettings third = put("{\"limit\":5}").settings();

    assertThat(second).isEqualTo(new TenantSettings(2, json("{\"limit\":7}"), clock.now()));
    assertThat(shop.data().settings().current()).isEqualTo(third);
    assertThat(shop.data().settings().history(10)).containsExactly(third, second, first);
    assertThat(shop.data().settings().history(2)).containsExactly(third, second);
  }

  @Test
  void feature_statistics_come_version_by_version() {
    assertThat(shop.data().featureStatistics()).isEmpty();

    assertThat(shop.keep(FeatureStatisticsStored.class, statistics(1, (byte) 7)))
        .isEqualTo(new FeatureStatisticsStored(1, 1));
    shop.keep(FeatureStatisticsStored.class, statistics(2, (byte) -8));

    FeatureStatisticsBytes inForce = shop.data().featureStatistics().orElseThrow();
    assertThat(inForce.version()).isEqualTo(2);
    assertThat(inForce.bytes()).containsExactly(-8, 0);
    assertThat(shop("other").data().featureStatistics()).isEmpty();
  }

  @Test
  void feature_statistics_that_are_not_the_next_are_refused() {
    assertThat(shop.refusal(statistics(2, (byte) 1)).code()).isEqualTo(ErrorCode.CONFLICT);
    shop.keep(FeatureStatisticsStored.class, statistics(1, (byte) 1));

    assertThat(shop.refusal(statistics(1, (byte) 2)).code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(shop.data().featureStatistics().orElseThrow().bytes()).containsExactly(1, 0);
  }

  private static Change statistics(int version, byte first) {
    return new Change.PutFeatureStatistics(
        new FeatureStatisticsBytes(version, new byte[] {first, 0}));
  }

  private TenantSettingsStored put(String settings) {
    return shop.keep(TenantSettingsStored.class, new Change.PutTenantSettings(json(settings)));
  }
}
