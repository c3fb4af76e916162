package dev.kindred.store;

import static dev.kindred.store.Shop.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.CreateExperiment;
import dev.kindred.domain.Change.EditExperiment;
import dev.kindred.domain.Change.RecordConversion;
import dev.kindred.domain.Change.RecordExposure;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Event;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.Experiment.State;
import dev.kindred.domain.ExperimentDesign;
import dev.kindred.domain.ExperimentDesign.AssignedBy;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Outcome.ConversionStored;
import dev.kindred.domain.Outcome.ExperimentStored;
import dev.kindred.domain.Outcome.ExposureStored;
import dev.kindred.domain.UserId;
import dev.kindred.domain.Variant;
import dev.kindred.store.Experiments.Converted;
import dev.kindred.store.Experiments.ConvertedDay;
import dev.kindred.store.Experiments.ExposedDay;
import dev.kindred.store.Experiments.Sums;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Experiments, who is in them, and what became of them. */
public abstract class ExperimentsContract extends StoreContract {

  private static final EntityKey BOOTS = EntityKey.of("product", "boots");
  private static final LocalDate FAR = LocalDate.of(2999, 1, 1);

  protected ExperimentsContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @Test
  void an_experiment_is_kept_as_it_was_made() {
    ExperimentDesign design = design(AssignedBy.KINDRED, "{\"diversity\":0.5}");
    ExperimentStored made = shop.keep(ExperimentStored.class, create("e", design, false));

    assertThat(made.created()).isTrue();
    assertThat(made.experiment().version()).isEqualTo(1);
    assertThat(made.experiment().state()).isEqualTo(State.DRAFT);
    assertThat(made.experiment().design()).isEqualTo(design);
    assertThat(shop.data().experiments().find("e")).contains(made.experiment());
    assertThat(shop.data().experiments().all()).containsExactly(made.experiment());
    assertThat(shop.newestEvent()).isInstanceOf(Event.ExperimentChanged.class);
    assertThat(shop("other").data().experiments().all()).isEmpty();
    assertThat(shop("other").data().experiments().find("e")).isEmpty();
  }

  @Test
  void a_name_is_taken_once() {
    run("e", AssignedBy.KINDRED);
    assertThat(shop.refusal(create("e", design(AssignedBy.KINDRED, "{}"), false)).code())
        .isEqualTo(ErrorCode.CONFLICT);
    assertThat(
            shop("other")
                .keep(ExperimentStored.class, create("e", design(AssignedBy.KINDRED, "{}"), true))
                .created())
        .isTrue();
  }

  @Test
  void every_version_is_kept_from_draft_to_conclusion() {
    shop.keep(ExperimentStored.class, create("e", design(AssignedBy.KINDRED, "{}"), false));
    clock.advance(Duration.ofHours(1));
    Instant started = clock.now();
    edit("e", Experiment::started);
    clock.advance(Duration.ofHours(1));
    edit("e", (now, _, at) -> now.stopped(at));
    Experiment last = edit("e", (now, _, at) -> now.concluded("b", at)).experiment();

    assertThat(last.state()).isEqualTo(State.CONCLUDED);
    assertThat(last.version()).isEqualTo(4);
    assertThat(last.winner()).contains("b");
    assertThat(last.startedAt()).contains(started);
    assertThat(last.stoppedAt()).contains(clock.now());
    assertThat(shop.data().experiments().versions("e", 10))
        .extracting(Experiment::state)
        .containsExactly(State.CONCLUDED, State.STOPPED, State.RUNNING, State.DRAFT);
    assertThat(shop.data().experiments().versions("e", 1)).containsExactly(last);
  }

  @Test
  void steps_that_do_not_follow_are_refused() {
    shop.keep(ExperimentStored.class, create("e", design(AssignedBy.KINDRED, "{}"), false));
    var stop = new EditExperiment("e", (now, _, at) -> now.stopped(at));
    var conclude = new EditExperiment("e", (now, _, at) -> now.concluded("b", at));
    assertThat(shop.refusal(stop).code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(shop.refusal(conclude).code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(shop.refusal(new EditExperiment("f", Experiment::started)).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(shop.data().experiments().find("e").orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void two_experiments_do_not_change_recommendations_at_the_same_time() {
    shop.keep(ExperimentStored.class, create("e", design(AssignedBy.KINDRED, "{\"a\":1}"), true));
    Change other = create("f", design(AssignedBy.KINDRED, "{\"a\":2}"), true);
    assertThat(shop.refusal(other).getMessage()).contains("'e'");
    run("g", AssignedBy.KINDRED);
    edit("e", (now, _, at) -> now.stopped(at));
    shop.keep(ExperimentStored.class, other);
  }

  @Test
  void a_user_is_exposed_once_whatever_comes_later() {
    run("e", AssignedBy.KINDRED);
    ExposureStored first = expose("e", "ann");
    Instant came = clock.now();
    clock.advance(Duration.ofDays(2));
    ExposureStored again = expose("e", "ann");

    assertThat(first.first()).isTrue();
    assertThat(again)
        .isEqualTo(
            new ExposureStored(
                "e", new UserId("ann"), first.variant(), came, false, first.position()));
    assertThat(sums("e").exposed()).extracting(ExposedDay::users).containsExactly(1L);
    assertThat(shop.events().stream().filter(Event.Exposed.class::isInstance)).hasSize(1);
    int variant = shop.data().experiments().find("e").orElseThrow().variantOf(new UserId("ann"));
    assertThat(first.variant()).isEqualTo(variant == 0 ? "a" : "b");
    assertThat(shop.data().experiments().exposure("e", new UserId("ann")).orElseThrow().at())
        .isEqualTo(came);
    assertThat(shop.data().experiments().exposure("e", new UserId("bob"))).isEmpty();
  }

  @Test
  void nobody_comes_into_an_experiment_that_is_not_running() {
    shop.keep(ExperimentStored.class, create("e", design(AssignedBy.KINDRED, "{}"), false));
    assertThat(shop.refusal(exposure("e", "ann")).code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(shop.refusal(exposure("f", "ann")).code()).isEqualTo(ErrorCode.NOT_FOUND);
    edit("e", Experiment::started);
    expose("e", "ann");
    edit("e", (now, _, at) -> now.stopped(at));
    assertThat(shop.refusal(exposure("e", "bob")).code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(expose("e", "ann").first()).isFalse();
    assertThat(shop.user("bob")).isEmpty();
  }

  @Test
  void a_client_that_assigns_says_the_variant() {
    run("e", AssignedBy.CLIENT);
    assertThat(shop.refusal(exposure("e", "ann")).code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(shop.keep(ExposureStored.class, told("e", "ann", "b")).variant()).isEqualTo("b");
    assertThat(shop.refusal(told("e", "bob", "z")).code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void a_conversion_of_somebody_who_is_not_in_it_is_an_error_and_not_a_silent_success() {
    run("e", AssignedBy.KINDRED);
    shop.putUser("bob", "{}");
    for (String user : List.of("bob", "nobody")) {
      assertThat(shop.refusal(conversion("e", user, "bought", 1)).code())
          .isEqualTo(ErrorCode.USER_NOT_FOUND);
    }
    expose("e", "ann");
    assertThat(shop.refusal(conversion("e", "ann", "unheard of", 1)).code())
        .isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(shop.refusal(conversion("f", "ann", "bought", 1)).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(sums("e").converted()).isEmpty();
  }

  @Test
  void a_conversion_counts_within_the_attribution_window_only() {
    run("e", AssignedBy.KINDRED);
    expose("e", "ann");
    clock.advance(Duration.ofDays(1));
    assertThat(convert("e", "ann", 2).counted()).isTrue();
    clock.advance(Duration.ofSeconds(1));
    ConversionStored late = convert("e", "ann", 2);
    assertThat(late.counted()).isFalse();
    assertThat(late.position()).isZero();
    assertThat(sums("e").converted()).extracting(ConvertedDay::conversions).containsExactly(1L);
  }

  @Test
  void a_users_own_conversions_are_summed_up_by_metric_and_go_with_them() {
    run("e", AssignedBy.KINDRED);
    run("f", AssignedBy.KINDRED);
    expose("e", "ann");
    expose("f", "ann");
    expose("e", "bob");
    convert("e", "ann", 2);
    convert("e", "ann", 3.5);
    convert("e", "bob", 7);
    shop.submit(conversion("f", "ann", "seen", 1));

    assertThat(conversions("ann"))
        .containsExactly(new Converted("e", 0, 2, 5.5), new Converted("f", 1, 1, 1));
    assertThat(conversions("nobody")).isEmpty();
    shop.erase("ann");
    assertThat(conversions("ann")).isEmpty();
    assertThat(conversions("bob")).containsExactly(new Converted("e", 0, 1, 7));
  }

  private List<Converted> conversions(String user) {
    return shop.data().experiments().conversions(new UserId(user));
  }

  @Test
  void late_conversions_count_until_the_experiment_is_concluded() {
    run("e", AssignedBy.KINDRED);
    expose("e", "ann");
    edit("e", (now, _, at) -> now.stopped(at));
    assertThat(convert("e", "ann", 2).counted()).isTrue();
    edit("e", (now, _, at) -> now.concluded("a", at));
    assertThat(shop.refusal(conversion("e", "ann", "bought", 2)).code())
        .isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void sums_stand_by_the_day_on_which_users_came() {
    run("e", AssignedBy.CLIENT);
    LocalDate day = clock.now().atZone(ZoneOffset.UTC).toLocalDate();
    shop.keep(ExposureStored.class, told("e", "ann", "a"));
    clock.advance(Duration.ofDays(1));
    shop.keep(ExposureStored.class, told("e", "bob", "a"));
    shop.keep(ExposureStored.class, told("e", "cid", "b"));
    convert("e", "ann", 2);
    convert("e", "ann", 3);
    convert("e", "cid", 0.5);

    assertThat(sums("e"))
        .isEqualTo(
            new Sums(
                List.of(
                    new ExposedDay(day, 0, 1, 0, 0),
                    new ExposedDay(day.plusDays(1), 0, 1, 0, 0),
                    new ExposedDay(day.plusDays(1), 1, 1, 0, 0)),
                List.of(
                    new ConvertedDay(day, 0, 0, 1, 2, 5, 25, 0),
                    new ConvertedDay(day.plusDays(1), 1, 0, 1, 1, 0.5, 0.25, 0))));
    assertThat(shop.data().experiments().sums("e", day, day).exposed()).hasSize(1);
    assertThat(shop.data().experiments().sums("e", day.plusDays(2), FAR)).isEqualTo(Sums.NONE);
  }

  @Test
  void what_a_user_did_in_the_four_weeks_before_is_kept_with_their_coming() {
    run("e", AssignedBy.CLIENT);
    Instant now = clock.now();
    for (int day : new int[] {1, 2, 27, 40}) {
      shop.record(Deed.of("ann", "view", BOOTS).at(now.minus(Duration.ofDays(day))));
    }
    shop.record(Deed.of("ann", "view", BOOTS).at(now));
    shop.keep(ExposureStored.class, told("e", "ann", "a"));
    shop.keep(ExposureStored.class, told("e", "new", "a"));
    convert("e", "ann", 2);

    assertThat(shop.data().experiments().exposure("e", new UserId("ann")).orElseThrow().before())
        .isEqualTo(3);
    ExposedDay day = sums("e").exposed().getFirst();
    assertThat(day.users()).isEqualTo(2);
    assertThat(day.before()).isEqualTo(3);
    assertThat(day.beforeSquares()).isEqualTo(9);
    assertThat(sums("e").converted().getFirst().valueTimesBefore()).isEqualTo(6);
  }

  @Test
  void an_erased_user_is_in_no_experiment_and_in_no_sum() {
    run("e", AssignedBy.CLIENT);
    shop.record(Deed.of("ann", "view", BOOTS).at(clock.now().minus(Duration.ofDays(2))));
    shop.keep(ExposureStored.class, told("e", "ann", "a"));
    shop.keep(ExposureStored.class, told("e", "bob", "a"));
    Sums before = sums("e");
    shop.keep(ExposureStored.class, told("e", "cid", "b"));
    convert("e", "ann", 2);
    convert("e", "bob", 0.25);
    convert("e", "cid", 7);
    shop.erase("cid");
    shop.erase("ann");

    assertThat(sums("e").exposed())
        .containsExactly(new ExposedDay(before.exposed().getFirst().day(), 0, 1, 0, 0));
    assertThat(sums("e").converted())
        .containsExactly(
            new ConvertedDay(before.exposed().getFirst().day(), 0, 0, 1, 1, 0.25, 0.0625, 0));
    assertThat(shop.data().experiments().ofUser(new UserId("ann"))).isEmpty();
    assertThat(shop.events().stream().filter(Event.Exposed.class::isInstance)).hasSize(1);
    assertThat(shop.events().stream().filter(Event.Converted.class::isInstance)).hasSize(1);
    assertThat(shop.refusal(conversion("e", "ann", "bought", 1)).code())
        .isEqualTo(ErrorCode.USER_NOT_FOUND);
  }

  /** The sums that are kept against those made from what happened; in batches by chance. */
  @Test
  void sums_that_are_kept_are_those_of_all_that_happened() {
    long seed = Long.getLong("kindred.seed", 5);
    var random = new SplittableRandom(seed);
    run("e", AssignedBy.CLIENT);
    double[][] values = new double[60][];
    int[] variants = new int[60];
    for (int step = 0; step < 60; step++) {
      var batch = new ArrayList<Change>();
      for (int i = random.nextInt(1, 30); i > 0; i--) {
        int user = random.nextInt(60);
        if (random.nextInt(3) == 0) {
          int variant = random.nextInt(2);
          batch.add(told("e", "user-" + user, variant == 0 ? "a" : "b"));
          if (values[user] == null) {
            values[user] = new double[] {0, 0};
            variants[user] = variant;
          }
        } else {
          double value = random.nextInt(1_000) / 7.0;
          batch.add(conversion("e", "user-" + user, "bought", value));
          if (values[user] != null) {
            values[user][0]++;
            values[user][1] += value;
          }
        }
      }
      shop.submit(batch.toArray(Change[]::new));
      clock.advance(Duration.ofMinutes(20));
    }
    Sums sums = sums("e");
    for (int variant = 0; variant < 2; variant++) {
      int number = variant;
      double[] expected = new double[5];
      for (int user = 0; user < 60; user++) {
        if (values[user] == null || variants[user] != variant) continue;
        expected[0]++;
        expected[1] += values[user][0] > 0 ? 1 : 0;
        expected[2] += values[user][0];
        expected[3] += values[user][1];
        expected[4] += values[user][1] * values[user][1];
      }
      var exposed = sums.exposed().stream().filter(day -> day.variant() == number).toList();
      var converted = sums.converted().stream().filter(day -> day.variant() == number).toList();
      var what = "seed " + seed + ", variant " + variant;
      assertThat(exposed.stream().mapToLong(ExposedDay::users).sum())
          .as(what)
          .isEqualTo((long) expected[0]);
      assertThat(converted.stream().mapToLong(ConvertedDay::users).sum())
          .as(what)
          .isEqualTo((long) expected[1]);
      assertThat(converted.stream().mapToLong(ConvertedDay::conversions).sum())
          .as(what)
          .isEqualTo((long) expected[2]);
      assertThat(converted.stream().mapToDouble(ConvertedDay::value).sum())
          .as(what)
          .isCloseTo(expected[3], within(1e-9 * expected[3]));
      assertThat(converted.stream().mapToDouble(ConvertedDay::valueSquares).sum())
          .as(what)
          .isCloseTo(expected[4], within(1e-9 * expected[4]));
    }
  }

  private void run(String name, AssignedBy by) {
    shop.keep(ExperimentStored.class, create(name, design(by, "{}"), true));
  }

  private ExperimentStored edit(String name, EditExperiment.Edit edit) {
    return shop.keep(ExperimentStored.class, new EditExperiment(name, edit));
  }

  private ExposureStored expose(String experiment, String user) {
    return shop.keep(ExposureStored.class, exposure(experiment, user));
  }

  private ConversionStored convert(String experiment, String user, double value) {
    return shop.keep(ConversionStored.class, conversion(experiment, user, "bought", value));
  }

  private Change exposure(String experiment, String user) {
    return new RecordExposure(experiment, new UserId(user), Optional.empty(), clock.now());
  }

  private Change told(String experiment, String user, String variant) {
    return new RecordExposure(experiment, new UserId(user), Optional.of(variant), clock.now());
  }

  private Change conversion(String experiment, String user, String metric, double value) {
    return new RecordConversion(experiment, new UserId(user), metric, value, clock.now());
  }

  private Sums sums(String name) {
    return shop.data().experiments().sums(name, LocalDate.EPOCH, FAR);
  }

  private static CreateExperiment create(String name, ExperimentDesign design, boolean started) {
    return new CreateExperiment(name, design, started);
  }

  private ExperimentDesign design(AssignedBy by, String config) {
    return new ExperimentDesign(
        List.of(
            new Variant("a", 50, JsonObject.EMPTY, false, Optional.empty()),
            new Variant("b", 50, json(config), !config.equals("{}"), Optional.empty())),
        List.of("bought", "seen"),
        100,
        clock.now(),
        Optional.empty(),
        Optional.of("What to find out."),
        Duration.ofDays(1),
        by);
  }
}
