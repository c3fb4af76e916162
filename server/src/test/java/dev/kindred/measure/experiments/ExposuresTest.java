package dev.kindred.measure.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.RecordExposure;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Event;
import dev.kindred.domain.Experiment;
import dev.kindred.domain.ExperimentDesign;
import dev.kindred.domain.ExperimentDesign.AssignedBy;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.ServedBy;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.domain.Variant;
import dev.kindred.json.Json;
import dev.kindred.json.Limits;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** By which variant users are served, and how that is kept. */
class ExposuresTest {

  private static final TenantId SHOP = new TenantId("shop");
  private static final UserId ANN = new UserId("ann");

  private final SettableClock clock = SettableClock.atNoon();
  private final MemoryStore store = new MemoryStore(clock);
  private final List<Submission> kept = new ArrayList<>();
  private boolean isOut;
  private final Exposures exposures = new Exposures(this::keep);
  private final ServedExperiments served = new ServedExperiments(store, exposures, clock);
  private long followed;

  @Test
  void nobody_is_served_by_a_draft_and_everybody_by_what_runs() {
    assertThat(served.servedBy(SHOP, ANN)).isEmpty();
    create(false, Optional.empty());
    assertThat(served.servedBy(SHOP, ANN)).isEmpty();
    edit(Experiment::started);
    ServedBy by = served.servedBy(SHOP, ANN).orElseThrow();
    assertThat(by.experiment()).isEqualTo("e");
    assertThat(by.parameters()).containsEntry("diversity", "0.5");
    assertThat(served.servedBy(new TenantId("other"), ANN)).isEmpty();
    edit((now, _, at) -> now.stopped(at));
    assertThat(served.servedBy(SHOP, ANN)).isEmpty();
  }

  @Test
  void its_dates_are_kept_without_anybody_changing_it() {
    create(true, Optional.of(Duration.ofHours(2)));
    assertThat(served.servedBy(SHOP, ANN)).isPresent();
    clock.advance(Duration.ofHours(2));
    assertThat(served.servedBy(SHOP, ANN)).isEmpty();
  }

  @Test
  void a_user_is_kept_once_however_often_they_are_served() {
    create(true, Optional.empty());
    for (int i = 0; i < 100; i++) served.servedBy(SHOP, ANN);
    assertThat(kept).isEmpty();
    exposures.flush();
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst().changes())
        .containsExactly(new RecordExposure("e", ANN, Optional.empty(), clock.now()));
    served.servedBy(SHOP, ANN);
    exposures.flush();
    assertThat(kept).hasSize(1);
  }

  @Test
  void what_could_not_be_kept_is_kept_with_the_next_request() {
    create(true, Optional.empty());
    isOut = true;
    served.servedBy(SHOP, ANN);
    exposures.flush();
    assertThat(kept).isEmpty();
    isOut = false;
    served.servedBy(SHOP, ANN);
    exposures.flush();
    assertThat(kept).hasSize(1);
  }

  @Test
  void the_queue_has_a_bound_and_says_how_many_it_turned_away() {
    create(true, Optional.empty());
    for (int u = 0; u < 25_000; u++) served.servedBy(SHOP, new UserId("u" + u));
    assertThat(exposures.waiting()).isEqualTo(20_000);
    assertThat(exposures.dropped()).isEqualTo(5_000);
    exposures.flush();
    assertThat(exposures.waiting()).isZero();
    assertThat(kept.stream().mapToInt(one -> one.changes().size()).sum()).isEqualTo(20_000);
    assertThat(kept).allMatch(one -> one.changes().size() <= 1_000);
    served.servedBy(SHOP, new UserId("u24999"));
    assertThat(exposures.waiting()).isEqualTo(1);
  }

  private void keep(Submission submission) {
    if (isOut) throw new KindredException(ErrorCode.DATABASE_UNAVAILABLE, "not now");
    kept.add(submission);
  }

  private void create(boolean started, Optional<Duration> lasting) {
    JsonObject config = Json.object("{\"diversity\":0.5}", Limits.SETTINGS);
    var design =
        new ExperimentDesign(
            List.of(
                new Variant("a", 50, config, true, Optional.empty()),
                new Variant("b", 50, config, true, Optional.empty())),
            List.of("bought"),
            100,
            clock.now(),
            lasting.map(clock.now()::plus),
            Optional.empty(),
            ExperimentDesign.ATTRIBUTION_DEFAULT,
            AssignedBy.KINDRED);
    append(new Change.CreateExperiment("e", design, started));
  }

  private void edit(Change.EditExperiment.Edit edit) {
    append(new Change.EditExperiment("e", edit));
  }

  private void append(Change change) {
    store.log().append(List.of(Submission.of(SHOP, change)));
    var events = new ArrayList<Event>();
    followed = store.log().read(followed, 100, events::add);
    served.follow(events);
  }
}
