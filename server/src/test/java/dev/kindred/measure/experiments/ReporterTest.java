package dev.kindred.measure.experiments;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.domain.Assignment;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.RecordConversion;
import dev.kindred.domain.Change.RecordExposure;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.ExperimentDesign;
import dev.kindred.domain.ExperimentDesign.AssignedBy;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.domain.Variant;
import dev.kindred.store.Experiments.ConvertedDay;
import dev.kindred.store.Experiments.ExposedDay;
import dev.kindred.store.Experiments.Sums;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is said of experiments whose truth is known. */
class ReporterTest {

  private static final TenantId SHOP = new TenantId("shop");
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final LocalDate TODAY = NOW.atZone(UTC).toLocalDate();

  /** Through the store and the real assignment, looked at again and again. */
  @Test
  void variants_that_do_not_differ_raise_a_false_alarm_in_five_of_a_hundred_at_most() {
    long seed = Long.getLong("kindred.seed", 31);
    var random = new SplittableRandom(seed);
    int experiments = 100;
    int alarms = 0;
    int winners = 0;
    for (int e = 0; e < experiments; e++) {
      var clock = SettableClock.atNoon();
      var store = new MemoryStore(clock);
      String name = "e" + e;
      keep(store, new Change.CreateExperiment(name, design(100, clock.now()), true));
      boolean alarm = false;
      boolean winner = false;
      for (int look = 0; look < 8; look++) {
        var changes = new ArrayList<Change>();
        for (int u = 0; u < 50; u++) {
          var user = new UserId("u" + look + "-" + u);
          changes.add(new RecordExposure(name, user, Optional.empty(), clock.now()));
          if (random.nextDouble() < 0.2) {
            changes.add(new RecordConversion(name, user, "bought", 1, clock.now()));
          }
        }
        keep(store, changes.toArray(Change[]::new));
        clock.advance(Duration.ofHours(7));
        Report report = report(store, name, clock.now());
        assertThat(report.users()).isEqualTo(50L * (look + 1));
        alarm |= rates(report).alwaysValidPValue() < 0.05;
        winner |= report.verdict().winner().isPresent();
      }
      if (alarm) alarms++;
      if (winner) winners++;
    }
    assertThat(alarms).as("seed %d", seed).isLessThanOrEqualTo(5);
    assertThat(winners).as("seed %d", seed).isLessThanOrEqualTo(alarms);
  }

  @Test
  void losing_one_in_a_hundred_users_of_a_variant_is_reported_and_forbids_a_winner() {
    long users = 3_000_000;
    long[] came = new long[2];
    long lost = 0;
    for (long u = 0; u < users; u++) {
      int variant = Assignment.place("loss", Long.toString(u)) < 0.5 ? 0 : 1;
      // One in a hundred of the second variant never arrives.
      if (variant == 1 && Assignment.place("whom we lose", Long.toString(u)) < 0.01) lost++;
      else came[variant]++;
    }
    assertThat(lost).isBetween(14_000L, 16_000L);
    Report lossy = report(sums(came[0], came[1], came[0] / 10, came[1] / 5));
    assertThat(lossy.ratio().isMismatch()).isTrue();
    assertThat(lossy.verdict().winner()).isEmpty();
    assertThat(lossy.verdict().why()).contains("ratio");

    Report whole = report(sums(came[0], came[1] + lost, came[0] / 10, came[1] / 5));
    assertThat(whole.ratio().isMismatch()).isFalse();
    assertThat(whole.verdict().winner()).contains("b");
  }

  @Test
  void a_winner_needs_the_minimum_sample_and_a_sure_difference() {
    assertThat(report(sums(99, 99, 5, 60)).verdict().winner()).isEmpty();
    assertThat(report(sums(99, 99, 5, 60)).verdict().isSampleReached()).isFalse();
    assertThat(report(sums(150, 150, 5, 60)).verdict().winner()).contains("b");
    assertThat(report(sums(150, 150, 60, 5)).verdict().winner()).contains("a");
    assertThat(report(sums(150, 150, 30, 33)).verdict().winner()).isEmpty();
  }

  @Test
  void more_users_alone_make_nothing_surer() {
    for (long users : new long[] {200, 2_000, 20_000, 200_000}) {
      Report report = report(sums(users, users, users / 10, users / 10));
      assertThat(rates(report).pValue()).isCloseTo(1, within(1e-9));
      assertThat(rates(report).alwaysValidPValue()).isEqualTo(1);
      assertThat(report.verdict().winner()).isEmpty();
    }
  }

  @Test
  void small_counts_are_compared_exactly() {
    assertThat(rates(report(sums(30, 30, 1, 2))).test()).isEqualTo(Difference.Test.FISHER);
    assertThat(rates(report(sums(300, 300, 40, 60))).test()).isEqualTo(Difference.Test.Z);
  }

  @Test
  void the_days_still_needed_follow_from_how_fast_users_come() {
    var started = NOW.minus(Duration.ofDays(10));
    Experiment experiment = running(design(100, started), started);
    Sums sums = sums(1_000, 1_000, 100, 110);
    Comparison comparison =
        Reporter.report(experiment, sums, TODAY, TODAY, NOW)
            .metrics()
            .getFirst()
            .comparisons()
            .getFirst();
    long needed = comparison.usersNeeded().orElseThrow();
    assertThat(needed).isBetween(14_000L, 15_500L);
    assertThat(comparison.daysNeeded().orElseThrow())
        .isEqualTo(Math.ceil((needed - 1_000) / 100.0));
    assertThat(
            report(sums(1_000, 1_000, 100, 100))
                .metrics()
                .getFirst()
                .comparisons()
                .getFirst()
                .usersNeeded())
        .isEmpty();
  }

  @Test
  void behaviour_before_takes_variance_out_and_leaves_the_difference() {
    long seed = Long.getLong("kindred.seed", 7);
    var random = new SplittableRandom(seed);
    var exposed = new ArrayList<ExposedDay>();
    var converted = new ArrayList<ConvertedDay>();
    for (int variant = 0; variant < 2; variant++) {
      double[] sums = new double[5];
      int users = 3_000;
      for (int u = 0; u < users; u++) {
        double before = random.nextInt(20);
        double value = 2 * before + 3 * random.nextGaussian() + variant;
        sums[0] += before;
        sums[1] += before * before;
        sums[2] += value;
        sums[3] += value * value;
        sums[4] += value * before;
      }
      exposed.add(new ExposedDay(TODAY, variant, users, sums[0], sums[1]));
      converted.add(new ConvertedDay(TODAY, variant, 0, users, users, sums[2], sums[3], sums[4]));
    }
    Comparison comparison =
        report(new Sums(exposed, converted)).metrics().getFirst().comparisons().getFirst();
    assertThat(comparison.varianceTaken()).as("seed %d", seed).isBetween(0.9, 0.96);
    double raw = width(comparison.values().interval());
    double adjusted = width(comparison.adjusted().interval());
    assertThat(adjusted / raw).as("seed %d", seed).isBetween(0.2, 0.32);
    assertThat(comparison.adjusted().difference()).as("seed %d", seed).isBetween(0.7, 1.3);
    assertThat(comparison.adjusted().pValue()).isLessThan(1e-6);
  }

  @Test
  void of_several_variants_each_has_to_be_surer() {
    Report two = report(sums(1_000, 1_000, 100, 140));
    var three =
        new ExperimentDesign(
            List.of(variant("a", 34), variant("b", 33), variant("c", 33)),
            List.of("bought"),
            100,
            NOW,
            Optional.empty(),
            Optional.empty(),
            ExperimentDesign.ATTRIBUTION_DEFAULT,
            AssignedBy.KINDRED);
    Sums sums = sums(1_000, 1_000, 100, 140);
    Report more = Reporter.report(running(three, NOW), sums, TODAY, TODAY, NOW);
    assertThat(width(rates(more).interval())).isGreaterThan(width(rates(two).interval()));
    assertThat(more.metrics().getFirst().comparisons()).hasSize(2);
  }

  private static double width(Range range) {
    return range.high() - range.low();
  }

  private static Difference rates(Report report) {
    return report.metrics().getFirst().comparisons().getFirst().rates();
  }

  private static Report report(Sums sums) {
    return Reporter.report(running(design(100, NOW), NOW), sums, TODAY, TODAY, NOW);
  }

  private static Report report(MemoryStore store, String name, Instant now) {
    var experiments = store.tenant(SHOP).experiments();
    LocalDate to = now.atZone(UTC).toLocalDate();
    return Reporter.report(
        experiments.find(name).orElseThrow(),
        experiments.sums(name, LocalDate.EPOCH, to),
        LocalDate.EPOCH,
        to,
        now);
  }

  private static void keep(MemoryStore store, Change... changes) {
    var receipts =
        store.log().append(List.of(new Submission(SHOP, List.of(changes), Optional.empty())));
    assertThat(receipts.getFirst().outcomes()).noneMatch(Outcome.Refused.class::isInstance);
  }

  private static Experiment running(ExperimentDesign design, Instant started) {
    return Experiment.create(new Change.CreateExperiment("e", design, true), List.of(), started);
  }

  private static Variant variant(String name, double weight) {
    return new Variant(name, weight, JsonObject.EMPTY, false, Optional.empty());
  }

  private static ExperimentDesign design(long sample, Instant start) {
    return new ExperimentDesign(
        List.of(variant("a", 50), variant("b", 50)),
        List.of("bought"),
        sample,
        start,
        Optional.empty(),
        Optional.empty(),
        ExperimentDesign.ATTRIBUTION_DEFAULT,
        AssignedBy.KINDRED);
  }

  /** So many users of a and b, of whom so many bought once, for 1. */
  private static Sums sums(long a, long b, long boughtA, long boughtB) {
    return new Sums(
        List.of(new ExposedDay(TODAY, 0, a, 0, 0), new ExposedDay(TODAY, 1, b, 0, 0)),
        List.of(
            new ConvertedDay(TODAY, 0, 0, boughtA, boughtA, boughtA, boughtA, 0),
            new ConvertedDay(TODAY, 1, 0, boughtB, boughtB, boughtB, boughtB, 0)));
  }
}
