package dev.kindred.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Job;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.UserId;
import dev.kindred.store.Jobs.Progress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A job that was started before a user was erased does not bring them back. */
public abstract class ErasureDuringJobsContract extends StoreContract {

  private static final EntityKey BOOTS = EntityKey.of("product", "boots");
  private static final String ERASED = "the user of this row was erased while the job waited";

  protected ErasureDuringJobsContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @Test
  void what_a_waiting_job_says_of_an_erased_user_is_refused_and_the_rest_is_kept() {
    shop.record(Deed.of("ann", "view", BOOTS));
    start("j-1");
    shop.erase("ann");

    List<Outcome> outcomes =
        write(
            "j-1",
            shop.recording(Deed.of("bob", "view", BOOTS)),
            shop.recording(Deed.of("ann", "view", BOOTS)),
            new Change.PutUser(new UserId("ann"), JsonObject.EMPTY),
            new Change.RecordExposure("test", new UserId("ann"), Optional.empty(), clock.now()),
            shop.recording(Deed.of("cat", "view", BOOTS)));

    assertThat(outcomes)
        .extracting(ErasureDuringJobsContract::refusal)
        .containsExactly("", ERASED, ERASED, ERASED, "");
    assertThat(shop.user("ann")).isEmpty();
    assertThat(shop.of("bob")).hasSize(1);
    assertThat(shop.of("cat")).hasSize(1);
  }

  @Test
  void so_it_is_with_a_job_that_is_under_way() {
    start("j-1");
    take();
    assertThat(write("j-1", shop.recording(Deed.of("ann", "view", BOOTS))))
        .hasOnlyElementsOfType(Outcome.InteractionStored.class);

    shop.erase("ann");

    assertThat(refusal(write("j-1", shop.recording(Deed.of("ann", "click", BOOTS))).getFirst()))
        .isEqualTo(ERASED);
    assertThat(shop.user("ann")).isEmpty();
  }

  @Test
  void who_comes_back_is_welcome_in_all_that_was_sent_after_the_erasure() {
    shop.putUser("ann", "{}");
    start("before");
    shop.erase("ann");
    start("after");

    shop.record(Deed.of("ann", "view", BOOTS));
    assertThat(write("after", shop.recording(Deed.of("ann", "click", BOOTS))))
        .hasOnlyElementsOfType(Outcome.InteractionStored.class);
    assertThat(refusal(write("before", shop.recording(Deed.of("ann", "buy", BOOTS))).getFirst()))
        .isEqualTo(ERASED);

    assertThat(shop.of("ann")).extracting(each -> each.type()).containsExactly("click", "view");
  }

  @Test
  void the_newest_erasure_counts() {
    shop.putUser("ann", "{}");
    start("first");
    shop.erase("ann");
    start("second");
    shop.putUser("ann", "{}");
    shop.erase("ann");

    for (String job : List.of("first", "second")) {
      assertThat(refusal(write(job, shop.recording(Deed.of("ann", "view", BOOTS))).getFirst()))
          .as(job)
          .isEqualTo(ERASED);
    }
    assertThat(shop.user("ann")).isEmpty();
  }

  @Test
  void a_namesake_at_another_tenant_is_somebody_else() {
    Shop other = shop("other");
    shop.putUser("ann", "{}");
    other.putUser("ann", "{}");
    start("j-1");
    start(other, "j-2");
    shop.erase("ann");

    var change = other.recording(Deed.of("ann", "view", BOOTS));
    var submission =
        new Submission(other.tenant(), List.of(change), Optional.empty(), Optional.of("j-2"));
    assertThat(other.submit(submission).outcomes())
        .hasOnlyElementsOfType(Outcome.InteractionStored.class);
  }

  @Test
  void a_job_that_has_ended_writes_no_more() {
    // Else one that another replica gave up for dead could bring back whom nobody remembers.
    start("j-1");
    take();
    store
        .jobs()
        .finish("me", "j-1", State.COMPLETED, new Progress(0, 0, 0, 0, List.of()), clock.now());

    var late = write("j-1", shop.recording(Deed.of("ann", "view", BOOTS)));

    assertThat(refusal(late.getFirst())).contains("j-1", "has ended");
    assertThat(shop.user("ann")).isEmpty();
    assertThat(refusal(write("none", shop.recording(Deed.of("ann", "view", BOOTS))).getFirst()))
        .contains("none", "has ended");
  }

  @Test
  void the_room_for_erasures_while_jobs_wait_has_an_end() {
    start("j-1");
    Change[] puts = users(id -> new Change.PutUser(id, JsonObject.EMPTY));
    shop.submit(puts);
    Change[] erasures = users(Change.EraseUser::new);
    List<Outcome> outcomes = shop.submit(erasures).outcomes();

    assertThat(outcomes.subList(0, Jobs.ERASED_MAX))
        .hasOnlyElementsOfType(Outcome.UserErased.class);
    var refused = (Outcome.Refused) outcomes.getLast();
    assertThat(refused.reason().code()).isEqualTo(ErrorCode.OVERLOADED);
    String last = "u" + Jobs.ERASED_MAX;
    assertThat(shop.user(last)).as("refused as a whole").isPresent();

    take();
    store
        .jobs()
        .finish("me", "j-1", State.COMPLETED, new Progress(0, 0, 0, 0, List.of()), clock.now());
    start("j-2");
    shop.erase(last);
    assertThat(refusal(write("j-2", shop.recording(Deed.of(last, "view", BOOTS))).getFirst()))
        .isEqualTo(ERASED);
  }

  private static Change[] users(Function<UserId, Change> what) {
    var changes = new Change[Jobs.ERASED_MAX + 1];
    for (int i = 0; i < changes.length; i++) changes[i] = what.apply(new UserId("u" + i));
    return changes;
  }

  private void start(String id) {
    start(shop, id);
  }

  private static void start(Shop shop, String id) {
    shop.keep(
        Outcome.JobStored.class,
        new Change.StartJob(new Job.Draft(id, "interactions.bulk", new byte[] {1})));
  }

  private void take() {
    var _ =
        store
            .jobs()
            .take("me", List.of("interactions.bulk"), clock.now(), Duration.ofSeconds(30))
            .orElseThrow();
  }

  private List<Outcome> write(String job, Change... changes) {
    var submission =
        new Submission(shop.tenant(), List.of(changes), Optional.empty(), Optional.of(job));
    return shop.submit(submission).outcomes();
  }

  private static String refusal(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused ? refused.reason().sentence() : "";
  }
}
